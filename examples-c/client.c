/*
 * A blocking HTTP/2 client: one URL, one connection, one stream.
 *
 *   cc client.c -o client $(pkg-config --cflags --libs libnghttp2 openssl)
 *   ./client https://example.org/
 *
 * Status, header fields and body go to standard output.
 *
 * The library does no I/O.  This program lends it two functions, "send these
 * bytes" and "give me bytes", and alternates between nghttp2_session_send and
 * nghttp2_session_recv.  Everything else arrives through callbacks.
 */
#define _POSIX_C_SOURCE 200809L
/* Hides the older functions that speak ssize_t; the ones below replace them. */
#define NGHTTP2_NO_SSIZE_T

#include <inttypes.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "field.h"
#include "https.h"

enum { SILENCE_LIMIT_SECONDS = 60 };

struct transfer {
  SSL *ssl;
  int32_t stream_id;
  bool may_wait;       /* whether the next read may block */
  bool closed;         /* the stream has ended, one way or the other */
  uint32_t error_code; /* how: NGHTTP2_NO_ERROR is the good way */
};

/* ---- bytes ---- */

static nghttp2_ssize send_bytes(nghttp2_session *session, const uint8_t *data,
                                size_t length, int flags, void *user_data) {
  struct transfer *transfer = user_data;
  size_t written = 0;
  (void)session, (void)flags;

  if (SSL_write_ex(transfer->ssl, data, length, &written) != 1) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  return (nghttp2_ssize)written;
}

/*
 * nghttp2_session_recv calls this again and again until it hears WOULDBLOCK.
 * If every call were allowed to wait, we would never get back to sending, and
 * the server would wait for our SETTINGS acknowledgement and window updates
 * while we wait for its data.  So: wait once, then take only what is there.
 */
static nghttp2_ssize receive_bytes(nghttp2_session *session, uint8_t *buffer,
                                   size_t length, int flags, void *user_data) {
  struct transfer *transfer = user_data;
  size_t received = 0;
  (void)session, (void)flags;

  if (!transfer->may_wait && SSL_pending(transfer->ssl) == 0) {
    return NGHTTP2_ERR_WOULDBLOCK;
  }
  transfer->may_wait = false;
  if (SSL_read_ex(transfer->ssl, buffer, length, &received) == 1) {
    return (nghttp2_ssize)received;
  }
  if (SSL_get_error(transfer->ssl, 0) == SSL_ERROR_ZERO_RETURN) {
    return NGHTTP2_ERR_EOF;
  }
  return NGHTTP2_ERR_CALLBACK_FAILURE;
}

/* ---- events ---- */

/* Called for each field: also those of interim (1xx) responses and trailers.
   The library has checked that names and values are printable. */
static int on_header(nghttp2_session *session, const nghttp2_frame *frame,
                     const uint8_t *name, size_t name_length,
                     const uint8_t *value, size_t value_length, uint8_t flags,
                     void *user_data) {
  (void)session, (void)frame, (void)flags, (void)user_data;

  fwrite(name, 1, name_length, stdout);
  fputs(": ", stdout);
  fwrite(value, 1, value_length, stdout);
  putchar('\n');
  return 0;
}

static int on_frame_recv(nghttp2_session *session, const nghttp2_frame *frame,
                         void *user_data) {
  (void)session, (void)user_data;

  if (frame->hd.type == NGHTTP2_HEADERS) {
    putchar('\n'); /* the block is complete: body or more headers follow */
  }
  return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t stream_id,
                   const uint8_t *data, size_t length, void *user_data) {
  (void)session, (void)flags, (void)stream_id, (void)user_data;

  if (fwrite(data, 1, length, stdout) != length) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  return 0;
}

static int on_stream_close(nghttp2_session *session, int32_t stream_id,
                           uint32_t error_code, void *user_data) {
  struct transfer *transfer = user_data;
  (void)session;

  if (stream_id == transfer->stream_id) {
    transfer->closed = true;
    transfer->error_code = error_code;
  }
  return 0;
}

/* ---- the session ---- */

static nghttp2_session *session_new(struct transfer *transfer) {
  nghttp2_session_callbacks *callbacks = NULL;
  nghttp2_session *session = NULL;

  if (nghttp2_session_callbacks_new(&callbacks) != 0) {
    return NULL;
  }
  nghttp2_session_callbacks_set_send_callback2(callbacks, send_bytes);
  nghttp2_session_callbacks_set_recv_callback2(callbacks, receive_bytes);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks,
                                                       on_frame_recv);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks,
                                                         on_stream_close);
  if (nghttp2_session_client_new(&session, callbacks, transfer) != 0) {
    session = NULL;
  }
  /* The session has its own copy of the table. */
  nghttp2_session_callbacks_del(callbacks);
  return session;
}

/* Queues SETTINGS and the request; nothing is sent before session_send.  The
   library puts the 24 octets of the client preface in front by itself. */
static int submit(nghttp2_session *session, const struct url *url,
                  struct transfer *transfer) {
  /* We have no use for pushed responses. */
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_ENABLE_PUSH, 0}};
  /* Pseudo-header fields come first; names are lower case. */
  const nghttp2_nv fields[] = {
      field(":method", "GET"), field(":scheme", "https"),
      field(":authority", url->authority), field(":path", url->path),
      field("user-agent", "nghttp2-example-client")};

  int status = nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings,
                                       sizeof settings / sizeof settings[0]);
  if (status != 0) {
    return status;
  }
  /* No data provider: the request ends with its header block. */
  transfer->stream_id = nghttp2_submit_request2(
      session, NULL, fields, sizeof fields / sizeof fields[0], NULL, NULL);
  return transfer->stream_id < 0 ? transfer->stream_id : 0;
}

/* Sends and receives in turn until our stream is closed. */
static int run(nghttp2_session *session, struct transfer *transfer) {
  for (;;) {
    int status = nghttp2_session_send(session);
    if (status != 0 || transfer->closed) {
      return status;
    }
    /* Both are false once the connection has been given up with GOAWAY. */
    if (!nghttp2_session_want_read(session) &&
        !nghttp2_session_want_write(session)) {
      return NGHTTP2_ERR_EOF;
    }
    transfer->may_wait = true;
    status = nghttp2_session_recv(session);
    if (status != 0 && !transfer->closed) {
      return status;
    }
  }
}

/* Returns the exit status of the program. */
static int fetch(const struct url *url, SSL *ssl) {
  struct transfer transfer = {.ssl = ssl};
  nghttp2_session *session = session_new(&transfer);

  if (session == NULL) {
    fputs("client: out of memory\n", stderr);
    return 1;
  }
  int status = submit(session, url, &transfer);
  if (status == 0) {
    status = run(session, &transfer);
  }
  if (transfer.closed) {
    /* Leave politely: GOAWAY, then the end of TLS.  The answer is complete,
       so it does not matter whether the server still listens. */
    nghttp2_session_terminate_session(session, NGHTTP2_NO_ERROR);
    nghttp2_session_send(session);
    SSL_shutdown(ssl);
  }
  nghttp2_session_del(session);

  if (!transfer.closed) {
    fprintf(stderr, "client: %s\n", nghttp2_strerror(status));
    return 1;
  }
  if (transfer.error_code != NGHTTP2_NO_ERROR) {
    fprintf(stderr, "client: stream reset: %s\n",
            nghttp2_http2_strerror(transfer.error_code));
    return 1;
  }
  if (fflush(stdout) != 0) {
    perror("client: standard output");
    return 1;
  }
  return 0;
}

/* ---- the connection ---- */

static int connect_tcp(const struct url *url) {
  char port[8];
  struct addrinfo *addresses = NULL;
  const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                 .ai_socktype = SOCK_STREAM};
  int fd = -1;

  snprintf(port, sizeof port, "%d", url->port);
  int error = getaddrinfo(url->host, port, &hints, &addresses);
  if (error != 0) {
    fprintf(stderr, "client: %s: %s\n", url->host, gai_strerror(error));
    return -1;
  }
  for (struct addrinfo *a = addresses; a != NULL && fd < 0; a = a->ai_next) {
    fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) != 0) {
      perror("client: connect");
      close(fd);
      fd = -1;
    }
  }
  freeaddrinfo(addresses);
  if (fd < 0) {
    return -1;
  }
  /* Frames are small and must not wait for company.  A server that falls
     silent must not hold us for ever. */
  const int on = 1;
  const struct timeval limit = {.tv_sec = SILENCE_LIMIT_SECONDS};
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  return fd;
}

static int fetch_over(const struct url *url, SSL *ssl, int fd) {
  if (SSL_set_fd(ssl, fd) != 1 || SSL_connect(ssl) != 1) {
    fprintf(stderr, "client: TLS: %s\n", tls_error(ssl, ERR_get_error()));
    return 1;
  }
  if (!tls_chose_h2(ssl)) {
    fputs("client: the server does not speak HTTP/2\n", stderr);
    return 1;
  }
  return fetch(url, ssl);
}

int main(int argc, char **argv) {
  struct url url;
  int status = 1;

  if (argc != 2 || !url_parse(&url, argv[1])) {
    fprintf(stderr, "usage: %s https://HOST[:PORT]/PATH\n", argv[0]);
    return 2;
  }
  /* Writing to a connection the server has closed is an error, not a death. */
  signal(SIGPIPE, SIG_IGN);

  SSL_CTX *context = tls_client_context();
  SSL *ssl = context == NULL ? NULL : tls_client_new(context, url.host);
  int fd = ssl == NULL ? -1 : connect_tcp(&url);
  if (fd >= 0) {
    status = fetch_over(&url, ssl, fd);
    close(fd);
  }
  SSL_free(ssl);
  SSL_CTX_free(context);
  url_free(&url);
  return status;
}
