/* What scripts build in every way there is: header, library and what it was found by must agree. */
#include <nghttp2/nghttp2.h>
#if __has_include(<nghttp2/nghttp2x.h>)
#  include <nghttp2/nghttp2x.h>
#else
#  error "the header with our additions is missing"
#endif
#include <stdio.h>
#include <string.h>

int main(void) {
  const nghttp2_info *info = nghttp2_version(0);
  nghttp2_option *option;
  if (nghttp2_option_new(&option) != 0) return 1;
  nghttp2x_option_set_max_header_list(option, 65536, 100);
  nghttp2_option_del(option);
  puts(info->version_str);
  return strcmp(info->version_str, NGHTTP2_VERSION) != 0 ||
         info->version_num != NGHTTP2_VERSION_NUM;
}
