/*
 * The half of the file server that knows HTTP and files, but neither sockets
 * nor TLS: it turns requests into responses through the library's callbacks.
 *
 * One struct file_service belongs to each session, and must be the first
 * member of what the session gets as user data.  nghttp2_session_del does not
 * report the streams that are still open, so the service keeps a list of them.
 */
#ifndef EXAMPLE_FILE_SERVICE_H
#define EXAMPLE_FILE_SERVICE_H

#include <fcntl.h>
#include <nghttp2/nghttp2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <unistd.h>

#include "field.h"

enum method { METHOD_OTHER, METHOD_GET, METHOD_HEAD };

struct stream {
  LIST_ENTRY(stream) entry;
  int32_t id;
  enum method method;
  char *path;
  int file;         /* the body comes from here, or, if this is -1, */
  const char *page; /* from here */
  uint64_t left;    /* octets of it still to send */
};

struct file_service {
  int root; /* the directory that is served; borrowed */
  LIST_HEAD(, stream) streams;
};

/* ---- from :path to an open file ---- */

static int hex_digit(char c) {
  static const char digits[] = "0123456789abcdef0123456789ABCDEF";
  const char *found = c == '\0' ? NULL : strchr(digits, c);
  return found == NULL ? -1 : (int)(found - digits) % 16;
}

/* Cuts off the query and decodes %XX in place, once.  A NUL would hide the
   rest of the name from the system, a backslash never means well. */
static bool decode_path(char *path) {
  char *out = path;

  path[strcspn(path, "?#")] = '\0';
  for (const char *in = path; *in != '\0'; in++) {
    char c = *in;
    if (c == '%') {
      int high = hex_digit(in[1]);
      int low = high < 0 ? -1 : hex_digit(in[2]);
      if (low < 0) {
        return false;
      }
      c = (char)(high * 16 + low);
      in += 2;
    }
    if (c == '\0' || c == '\\') {
      return false;
    }
    *out++ = c;
  }
  *out = '\0';
  return true;
}

/*
 * Walks down from the root one component at a time.  Each step opens a real
 * child of a directory we hold: "..", an empty name (an absolute path) and
 * symbolic links are refused, so there is no way up or out, and no moment
 * between checking a path and using it.  O_NONBLOCK keeps a FIFO from
 * blocking us before we see that it is one.  Returns -1 if there is no such
 * file.
 */
static int open_below(int root, char *path, uint64_t *size) {
  const int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC;
  int directory = root;
  struct stat info;

  if (*path != '/' || !decode_path(path)) {
    return -1;
  }
  for (char *name = path + 1, *next; name != NULL; name = next) {
    next = strchr(name, '/');
    if (next != NULL) {
      *next++ = '\0';
    }
    int child = -1;
    if (*name != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
      child = openat(directory, name,
                     flags | (next ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY));
    }
    if (directory != root) {
      close(directory);
    }
    if (child < 0) {
      return -1;
    }
    directory = child;
  }
  if (fstat(directory, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(directory);
    return -1;
  }
  *size = (uint64_t)info.st_size;
  return directory;
}

/* ---- streams ---- */

static void stream_free(struct stream *stream) {
  LIST_REMOVE(stream, entry);
  if (stream->file >= 0) {
    close(stream->file);
  }
  free(stream->path);
  free(stream);
}

/* A request begins: its fields follow, one on_header each. */
static int on_begin_headers(nghttp2_session *session,
                            const nghttp2_frame *frame, void *user_data) {
  struct file_service *service = user_data;

  if (frame->hd.type != NGHTTP2_HEADERS ||
      frame->headers.cat != NGHTTP2_HCAT_REQUEST) {
    return 0; /* trailers of a request we have answered already */
  }
  struct stream *stream = calloc(1, sizeof *stream);
  if (stream == NULL) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  stream->id = frame->hd.stream_id;
  stream->file = -1;
  LIST_INSERT_HEAD(&service->streams, stream, entry);
  nghttp2_session_set_stream_user_data(session, stream->id, stream);
  return 0;
}

static bool same(const char *text, const uint8_t *octets, size_t length) {
  return strlen(text) == length && memcmp(text, octets, length) == 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame,
                     const uint8_t *name, size_t name_length,
                     const uint8_t *value, size_t value_length, uint8_t flags,
                     void *user_data) {
  struct stream *stream =
      nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
  (void)flags, (void)user_data;

  if (stream == NULL || frame->headers.cat != NGHTTP2_HCAT_REQUEST) {
    return 0;
  }
  if (same(":method", name, name_length)) {
    stream->method = same("GET", value, value_length)    ? METHOD_GET
                     : same("HEAD", value, value_length) ? METHOD_HEAD
                                                         : METHOD_OTHER;
  }
  if (same(":path", name, name_length)) {
    /* The library has seen to it that this field comes once only. */
    stream->path = strndup((const char *)value, value_length);
    return stream->path == NULL ? NGHTTP2_ERR_CALLBACK_FAILURE : 0;
  }
  return 0;
}

/* The library asks for the body when flow control and the socket have room.
   The file may have shrunk since we promised its length: reset the stream,
   rather than let the client take a part for the whole. */
static nghttp2_ssize read_body(nghttp2_session *session, int32_t stream_id,
                               uint8_t *buffer, size_t length,
                               uint32_t *data_flags,
                               nghttp2_data_source *source, void *user_data) {
  struct stream *stream = source->ptr;
  (void)session, (void)stream_id, (void)user_data;

  if (length > stream->left) {
    length = (size_t)stream->left;
  }
  if (stream->file >= 0) {
    /* Reads from disk do block, briefly; a busy server would use threads. */
    ssize_t count = read(stream->file, buffer, length);
    if (count <= 0) {
      return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }
    length = (size_t)count;
  } else {
    memcpy(buffer, stream->page, length);
    stream->page += length;
  }
  stream->left -= length;
  if (stream->left == 0) {
    *data_flags |= NGHTTP2_DATA_FLAG_EOF;
  }
  return (nghttp2_ssize)length;
}

/* Headers now, the body when there is room for it. */
static int respond(nghttp2_session *session, struct stream *stream,
                   const char *status) {
  char length[24];
  snprintf(length, sizeof length, "%llu", (unsigned long long)stream->left);

  const nghttp2_nv fields[] = {field(":status", status),
                               field("content-length", length),
                               field("content-type", "text/plain")};
  const size_t count = stream->page != NULL ? 3 : 2; /* no guess for files */
  const nghttp2_data_provider2 body = {.source.ptr = stream,
                                       .read_callback = read_body};
  const bool has_body = stream->method != METHOD_HEAD && stream->left > 0;

  return nghttp2_submit_response2(session, stream->id, fields, count,
                                  has_body ? &body : NULL);
}

static int respond_page(nghttp2_session *session, struct stream *stream,
                        const char *status, const char *page) {
  stream->page = page;
  stream->left = strlen(page);
  return respond(session, stream, status);
}

static int answer(nghttp2_session *session, struct stream *stream, int root) {
  if (stream->method == METHOD_OTHER || stream->path == NULL) {
    return respond_page(session, stream, "501",
                        "This server knows GET and HEAD only.\n");
  }
  stream->file = open_below(root, stream->path, &stream->left);
  if (stream->file < 0) {
    return respond_page(session, stream, "404", "There is no such file.\n");
  }
  return respond(session, stream, "200");
}

/* We answer as soon as the header block is complete.  A body, which neither
   GET nor HEAD should have, is received and dropped by the library. */
static int on_frame_recv(nghttp2_session *session, const nghttp2_frame *frame,
                         void *user_data) {
  const struct file_service *service = user_data;

  if (frame->hd.type != NGHTTP2_HEADERS ||
      frame->headers.cat != NGHTTP2_HCAT_REQUEST) {
    return 0;
  }
  struct stream *stream =
      nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
  if (stream == NULL) {
    return 0;
  }
  if (answer(session, stream, service->root) != 0) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  return 0;
}

static int on_stream_close(nghttp2_session *session, int32_t stream_id,
                           uint32_t error_code, void *user_data) {
  struct stream *stream =
      nghttp2_session_get_stream_user_data(session, stream_id);
  (void)error_code, (void)user_data;

  if (stream != NULL) {
    stream_free(stream);
  }
  return 0;
}

/* ---- for the transport half ---- */

static void file_service_set_callbacks(nghttp2_session_callbacks *callbacks) {
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks,
                                                          on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks,
                                                       on_frame_recv);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks,
                                                         on_stream_close);
}

static void file_service_close(struct file_service *service) {
  while (!LIST_EMPTY(&service->streams)) {
    stream_free(LIST_FIRST(&service->streams));
  }
}

#endif
