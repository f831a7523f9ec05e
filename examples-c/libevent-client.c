/*
 * Several URLs of one host, fetched at the same time over one TLS connection,
 * on libevent.
 *
 *   cc libevent-client.c -o libevent-client \
 *      $(pkg-config --cflags --libs libnghttp2 libevent_openssl openssl)
 *   ./libevent-client https://example.org/ https://example.org/robots.txt
 *
 * One line per URL: status, octets, SHA-256 of the body, URL.  The bodies are
 * not kept.
 *
 * Input is pushed into the library with nghttp2_session_mem_recv2, output is
 * pulled with nghttp2_session_send and a callback that fills libevent's output
 * buffer.  The event loop decides when; the library never waits.
 */
#define _POSIX_C_SOURCE 200809L
/* Hides the older functions that speak ssize_t; the ones below replace them. */
#define NGHTTP2_NO_SSIZE_T

#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <nghttp2/nghttp2.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdio.h>

#include "field.h"
#include "https.h"

enum { WINDOW = 1024 * 1024, SILENCE_LIMIT_SECONDS = 60 };

struct request {
  const char *text; /* the URL as given */
  struct url url;
  char status[4]; /* of the final response; empty until it came */
  uint64_t received;
  EVP_MD_CTX *digest;
  bool closed;
  uint32_t error_code;
};

struct client {
  struct event_base *loop;
  struct bufferevent *transport;
  nghttp2_session *session; /* NULL until the handshake is done */
  struct request *requests;
  size_t count;
  size_t unfinished;
};

/* ---- what the library tells ---- */

static nghttp2_ssize send_bytes(nghttp2_session *session, const uint8_t *data,
                                size_t length, int flags, void *user_data) {
  struct client *client = user_data;
  (void)session, (void)flags;

  /* Requests are small, so the buffer may take them all.  The server example
     shows how to push back when there is more to send. */
  if (bufferevent_write(client->transport, data, length) != 0) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  return (nghttp2_ssize)length;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame,
                     const uint8_t *name, size_t name_length,
                     const uint8_t *value, size_t value_length, uint8_t flags,
                     void *user_data) {
  struct request *request =
      nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
  (void)flags, (void)user_data;

  /* The final response overwrites the status of interim (1xx) ones.  The
     library has checked that it is three digits. */
  if (request != NULL && name_length == 7 && memcmp(name, ":status", 7) == 0 &&
      value_length == 3) {
    memcpy(request->status, value, 3);
  }
  return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t stream_id,
                   const uint8_t *data, size_t length, void *user_data) {
  struct request *request =
      nghttp2_session_get_stream_user_data(session, stream_id);
  (void)flags, (void)user_data;

  if (request == NULL) {
    return 0;
  }
  request->received += length;
  if (EVP_DigestUpdate(request->digest, data, length) != 1) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  return 0;
}

/* Comes exactly once for every request, also for those the server refused or
   that could not be sent any more. */
static int on_stream_close(nghttp2_session *session, int32_t stream_id,
                           uint32_t error_code, void *user_data) {
  struct client *client = user_data;
  struct request *request =
      nghttp2_session_get_stream_user_data(session, stream_id);

  if (request == NULL) {
    return 0;
  }
  request->closed = true;
  request->error_code = error_code;
  client->unfinished -= 1;
  if (client->unfinished == 0) {
    /* Callbacks may call the library: this queues GOAWAY, after which the
       session wants neither to read nor to write, and flush ends the loop. */
    return nghttp2_session_terminate_session(session, NGHTTP2_NO_ERROR);
  }
  return 0;
}

/* ---- what we ask for ---- */

static nghttp2_session *session_new(struct client *client) {
  nghttp2_session_callbacks *callbacks = NULL;
  nghttp2_session *session = NULL;

  if (nghttp2_session_callbacks_new(&callbacks) != 0) {
    return NULL;
  }
  nghttp2_session_callbacks_set_send_callback2(callbacks, send_bytes);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks,
                                                         on_stream_close);
  if (nghttp2_session_client_new(&session, callbacks, client) != 0) {
    session = NULL;
  }
  nghttp2_session_callbacks_del(callbacks);
  return session;
}

/* Queues everything at once.  Should there be more requests than the server
   allows streams, the library holds the others back until some have ended. */
static int submit(struct client *client) {
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW}};

  int status = nghttp2_submit_settings(client->session, NGHTTP2_FLAG_NONE,
                                       settings, 2);
  if (status != 0) {
    return status;
  }
  /* SETTINGS sizes the windows of streams only.  The connection has a window
     of its own (stream 0), which all of them share. */
  status = nghttp2_session_set_local_window_size(
      client->session, NGHTTP2_FLAG_NONE, 0, WINDOW);
  for (size_t i = 0; i < client->count && status == 0; i++) {
    const struct url *url = &client->requests[i].url;
    const nghttp2_nv fields[] = {
        field(":method", "GET"), field(":scheme", "https"),
        field(":authority", url->authority), field(":path", url->path),
        field("user-agent", "nghttp2-example-libevent-client")};
    int32_t stream_id = nghttp2_submit_request2(
        client->session, NULL, fields, sizeof fields / sizeof fields[0], NULL,
        &client->requests[i]);
    status = stream_id < 0 ? stream_id : 0;
  }
  return status;
}

/* ---- what libevent tells ---- */

static void stop(struct client *client, const char *reason) {
  if (client->unfinished > 0) {
    fprintf(stderr, "libevent-client: %s\n", reason);
  }
  event_base_loopbreak(client->loop);
}

/* Sends what is queued, and stops when there is nothing left to do and the
   last bytes have gone out. */
static void flush(struct client *client) {
  struct evbuffer *output = bufferevent_get_output(client->transport);
  int status = nghttp2_session_send(client->session);

  if (status != 0) {
    stop(client, nghttp2_strerror(status));
    return;
  }
  if (!nghttp2_session_want_read(client->session) &&
      !nghttp2_session_want_write(client->session) &&
      evbuffer_get_length(output) == 0) {
    stop(client, "connection closed after an error or by the server");
  }
}

static void on_readable(struct bufferevent *transport, void *context) {
  struct client *client = context;
  struct evbuffer *input = bufferevent_get_input(transport);
  size_t length;

  /* One contiguous piece after the other, without copying. */
  while ((length = evbuffer_get_contiguous_space(input)) > 0) {
    const uint8_t *data = evbuffer_pullup(input, (ev_ssize_t)length);
    nghttp2_ssize taken =
        nghttp2_session_mem_recv2(client->session, data, length);
    if (taken < 0) {
      stop(client, nghttp2_strerror((int)taken));
      return;
    }
    evbuffer_drain(input, (size_t)taken);
  }
  flush(client); /* receiving queues acknowledgements and window updates */
}

static void on_writable(struct bufferevent *transport, void *context) {
  (void)transport;
  flush(context);
}

static const char *failure(struct bufferevent *transport, short events) {
  unsigned long error = bufferevent_get_openssl_error(transport);
  int socket_error = EVUTIL_SOCKET_ERROR();

  if ((events & BEV_EVENT_TIMEOUT) != 0) {
    return "the server has fallen silent";
  }
  if (error == 0 && socket_error != 0) {
    return evutil_socket_error_to_string(socket_error);
  }
  return tls_error(bufferevent_openssl_get_ssl(transport), error);
}

static void on_event(struct bufferevent *transport, short events,
                     void *context) {
  struct client *client = context;

  if ((events & BEV_EVENT_CONNECTED) == 0) {
    stop(client, failure(transport, events));
    return;
  }
  if (!tls_chose_h2(bufferevent_openssl_get_ssl(transport))) {
    stop(client, "the server does not speak HTTP/2");
    return;
  }
  client->session = session_new(client);
  if (client->session == NULL || submit(client) != 0) {
    stop(client, "out of memory");
    return;
  }
  bufferevent_setcb(transport, on_readable, on_writable, on_event, client);
  on_readable(transport, client); /* the server's SETTINGS may be here */
}

/* ---- the program ---- */

static bool requests_init(struct client *client, char **urls) {
  const struct url *first = &client->requests[0].url;

  for (size_t i = 0; i < client->count; i++) {
    struct request *request = &client->requests[i];
    request->text = urls[i];
    if (!url_parse(&request->url, urls[i])) {
      fprintf(stderr, "libevent-client: not an https URL: %s\n", urls[i]);
      return false;
    }
    if (strcmp(request->url.authority, first->authority) != 0) {
      fputs("libevent-client: the URLs are not of one host\n", stderr);
      return false;
    }
    request->digest = EVP_MD_CTX_new();
    if (request->digest == NULL ||
        EVP_DigestInit_ex(request->digest, EVP_sha256(), NULL) != 1) {
      fputs("libevent-client: no SHA-256\n", stderr);
      return false;
    }
  }
  return true;
}

static void run(struct client *client, SSL_CTX *tls) {
  const struct url *url = &client->requests[0].url;
  const struct timeval silence = {.tv_sec = SILENCE_LIMIT_SECONDS};
  SSL *ssl = tls_client_new(tls, url->host);

  if (ssl == NULL) {
    fputs("libevent-client: TLS cannot be set up\n", stderr);
    return;
  }
  /* Takes the SSL object over, and opens the socket itself later.  Callbacks
     are deferred so that none of them runs inside another. */
  client->transport = bufferevent_openssl_socket_new(
      client->loop, -1, ssl, BUFFEREVENT_SSL_CONNECTING,
      BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
  if (client->transport == NULL) {
    fputs("libevent-client: out of memory\n", stderr);
    return;
  }
  bufferevent_setcb(client->transport, NULL, NULL, on_event, client);
  bufferevent_set_timeouts(client->transport, &silence, &silence);
  bufferevent_enable(client->transport, EV_READ | EV_WRITE);
  /* Without a DNS base of libevent's the name is looked up here and now. */
  if (bufferevent_socket_connect_hostname(client->transport, NULL, AF_UNSPEC,
                                          url->host, url->port) != 0) {
    fprintf(stderr, "libevent-client: cannot connect to %s\n", url->host);
  } else {
    event_base_dispatch(client->loop);
  }
  nghttp2_session_del(client->session);
  bufferevent_free(client->transport);
}

/* One line per request; true if all of them were answered in full. */
static bool report(const struct client *client) {
  bool complete = true;

  for (size_t i = 0; i < client->count; i++) {
    const struct request *request = &client->requests[i];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    if (!request->closed || request->error_code != NGHTTP2_NO_ERROR) {
      complete = false;
      printf("failed %s: %s\n", request->text,
             request->closed ? nghttp2_http2_strerror(request->error_code)
                             : "no answer");
      continue;
    }
    EVP_DigestFinal_ex(request->digest, digest, &length);
    printf("%s %llu ", request->status, (unsigned long long)request->received);
    for (unsigned int k = 0; k < length; k++) {
      printf("%02x", digest[k]);
    }
    printf(" %s\n", request->text);
  }
  return complete;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s https://HOST[:PORT]/PATH...\n", argv[0]);
    return 2;
  }
  /* Writing to a connection the server has closed is an error, not a death. */
  signal(SIGPIPE, SIG_IGN);

  struct client client = {.count = (size_t)argc - 1,
                          .unfinished = (size_t)argc - 1};
  client.requests = calloc(client.count, sizeof *client.requests);
  client.loop = event_base_new();
  SSL_CTX *tls = tls_client_context();

  bool complete = false;
  if (client.requests != NULL && client.loop != NULL && tls != NULL &&
      requests_init(&client, argv + 1)) {
    run(&client, tls);
    complete = report(&client);
  }

  for (size_t i = 0; client.requests != NULL && i < client.count; i++) {
    url_free(&client.requests[i].url);
    EVP_MD_CTX_free(client.requests[i].digest);
  }
  free(client.requests);
  SSL_CTX_free(tls);
  if (client.loop != NULL) {
    event_base_free(client.loop);
  }
  return complete ? 0 : 1;
}
