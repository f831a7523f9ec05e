/*
 * What both clients need before HTTP/2 begins: a URL taken apart, and a TLS
 * connection that verifies the server and offers "h2".
 *
 * HTTP/2 over TLS is negotiated with ALPN, inside the TLS handshake.  There is
 * no round trip of its own and no upgrade: once the handshake has chosen "h2",
 * the first application bytes on the wire are already HTTP/2.
 */
#ifndef EXAMPLE_HTTPS_H
#define EXAMPLE_HTTPS_H

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct url {
  char *host;      /* for the resolver and the certificate: no brackets */
  char *authority; /* for :authority, as written: host and port */
  char *path;      /* for :path: never empty, query included */
  int port;
};

static inline void url_free(struct url *url) {
  free(url->host);
  free(url->authority);
  free(url->path);
  memset(url, 0, sizeof *url);
}

/* The port behind the host, 443 if there is none, -1 if it is no port. */
static inline int url_port(const char *text) {
  if (*text == '\0') {
    return 443;
  }
  size_t digits = strspn(text + 1, "0123456789");
  if (*text != ':' || digits == 0 || digits > 5 || text[1 + digits] != '\0') {
    return -1;
  }
  int port = atoi(text + 1);
  return port >= 1 && port <= 65535 ? port : -1;
}

static inline bool url_split_authority(struct url *url) {
  const char *host = url->authority;
  size_t length = strcspn(host, ":");
  const char *port = host + length;

  if (*host == '[') { /* an IPv6 address brings colons of its own */
    host += 1;
    length = strcspn(host, "]");
    if (host[length] != ']') {
      return false;
    }
    port = host + length + 1;
  }
  url->host = strndup(host, length);
  url->port = url_port(port);
  return url->host != NULL && length > 0 && url->port > 0;
}

/* Takes "https://host[:port][/path][?query][#fragment]" apart.  On success the
   parts belong to the caller; after a failure there is nothing to free. */
static inline bool url_parse(struct url *url, const char *text) {
  static const char scheme[] = "https://";

  memset(url, 0, sizeof *url);
  if (strncasecmp(text, scheme, sizeof scheme - 1) != 0) {
    return false;
  }
  /* Anything but visible ASCII would have to be percent-encoded first. */
  for (const char *c = text; *c != '\0'; c++) {
    if (*c <= ' ' || *c > '~') {
      return false;
    }
  }

  const char *authority = text + sizeof scheme - 1;
  size_t authority_length = strcspn(authority, "/?#");
  /* User information ("user:password@") has no place in :authority. */
  if (memchr(authority, '@', authority_length) != NULL) {
    return false;
  }

  const char *path = authority + authority_length;
  size_t path_length = strcspn(path, "#"); /* a fragment never travels */
  size_t slash = *path == '/' ? 0 : 1;     /* "?query" alone means "/?query" */
  url->path = calloc(slash + path_length + 1, 1);
  url->authority = strndup(authority, authority_length);
  if (url->path == NULL || url->authority == NULL ||
      !url_split_authority(url)) {
    url_free(url);
    return false;
  }
  url->path[0] = '/';
  memcpy(url->path + slash, path, path_length);
  return true;
}

/* TLS as RFC 9113 section 9.2 wants it: 1.2 or newer, verified, offering h2.
   OpenSSL reads SSL_CERT_FILE and SSL_CERT_DIR for other trust anchors. */
static inline SSL_CTX *tls_client_context(void) {
  static const unsigned char alpn[] = {2, 'h', '2'};
  SSL_CTX *context = SSL_CTX_new(TLS_client_method());

  if (context == NULL) {
    return NULL;
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_default_verify_paths(context) != 1 ||
      SSL_CTX_set_alpn_protos(context, alpn, sizeof alpn) != 0) {
    SSL_CTX_free(context);
    return NULL;
  }
  return context;
}

/* One connection to `host`.  The certificate must be for that very host: a
   name, which is also sent as SNI, or an address, which must not be. */
static inline SSL *tls_client_new(SSL_CTX *context, const char *host) {
  SSL *ssl = SSL_new(context);

  if (ssl == NULL) {
    return NULL;
  }
  if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1) {
    return ssl;
  }
  if (SSL_set1_host(ssl, host) != 1 ||
      SSL_set_tlsext_host_name(ssl, host) != 1) {
    SSL_free(ssl);
    return NULL;
  }
  return ssl;
}

/* A server may ignore our offer and expect HTTP/1.1; then we must not speak. */
static inline bool tls_chose_h2(const SSL *ssl) {
  const unsigned char *protocol = NULL;
  unsigned int length = 0;

  SSL_get0_alpn_selected(ssl, &protocol, &length);
  return length == 2 && memcmp(protocol, "h2", 2) == 0;
}

/* Why a TLS operation failed, in words.  The verdict on the certificate says
   more than the generic "certificate verify failed". */
static inline const char *tls_error(const SSL *ssl, unsigned long error) {
  long verdict = SSL_get_verify_result(ssl);
  const char *reason = ERR_reason_error_string(error);

  if (verdict != X509_V_OK) {
    return X509_verify_cert_error_string(verdict);
  }
  return reason != NULL ? reason : "connection lost";
}

#endif
