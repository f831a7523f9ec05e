/*
 * An HTTP/2 file server on libevent: GET and HEAD, files below the working
 * directory, on 127.0.0.1 only.
 *
 *   cc libevent-server.c -o libevent-server \
 *      $(pkg-config --cflags --libs libnghttp2 libevent_openssl openssl)
 *   ./libevent-server 8443 key.pem cert.pem     (port 0: any free port)
 *
 * Ownership: the server owns its connections, a connection owns its session
 * and its streams.  nghttp2_session_del does not report open streams, hence
 * the lists: whoever goes first takes what it owns with it.
 */
#define _POSIX_C_SOURCE 200809L
/* Hides the older functions that speak ssize_t; the ones below replace them. */
#define NGHTTP2_NO_SSIZE_T

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>

#include "file-service.h"

enum {
  OUTPUT_LIMIT = 64 * 1024, /* octets waiting for the socket, per connection */
  MAX_STREAMS = 100,
  IDLE_SECONDS = 60,
  GOODBYE_SECONDS = 1
};

struct connection {
  struct file_service files; /* first: see file-service.h */
  LIST_ENTRY(connection) entry;
  struct server *server;
  struct bufferevent *transport;
  nghttp2_session *session; /* NULL until the handshake is done */
};

struct server {
  struct event_base *loop;
  struct evconnlistener *listener; /* NULL once the server is stopping */
  struct event *signals[2];
  SSL_CTX *tls;
  nghttp2_session_callbacks *callbacks; /* shared by all sessions */
  int root;
  LIST_HEAD(, connection) connections;
};

/* ---- connections ---- */

/*
 * Back-pressure.  Without the limit a client with large windows and a slow
 * line would have us read whole files into memory.  After WOULDBLOCK the
 * library keeps the bytes it could not hand over, stops asking read_body, and
 * goes on from there when on_writable calls nghttp2_session_send again.
 */
static nghttp2_ssize send_bytes(nghttp2_session *session, const uint8_t *data,
                                size_t length, int flags, void *user_data) {
  struct connection *connection = user_data;
  struct evbuffer *output = bufferevent_get_output(connection->transport);
  (void)session, (void)flags;

  if (evbuffer_get_length(output) >= OUTPUT_LIMIT) {
    return NGHTTP2_ERR_WOULDBLOCK;
  }
  if (evbuffer_add(output, data, length) != 0) {
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
  return (nghttp2_ssize)length;
}

static void connection_free(struct connection *connection) {
  struct server *server = connection->server;
  SSL *ssl = bufferevent_openssl_get_ssl(connection->transport);

  LIST_REMOVE(connection, entry);
  file_service_close(&connection->files);
  nghttp2_session_del(connection->session);
  /* Say close_notify without waiting for the answer.  If the handshake never
     ended this fails, and the error must not be left for the next user of
     OpenSSL's per-thread queue. */
  SSL_set_shutdown(ssl, SSL_RECEIVED_SHUTDOWN);
  SSL_shutdown(ssl);
  ERR_clear_error();
  bufferevent_free(connection->transport);
  free(connection);

  if (server->listener != NULL) {
    evconnlistener_enable(server->listener); /* see on_accept_error */
  } else if (LIST_EMPTY(&server->connections)) {
    event_base_loopbreak(server->loop);
  }
}

/* Sends what can be sent.  The connection may be gone afterwards. */
static void flush(struct connection *connection) {
  nghttp2_session *session = connection->session;
  struct evbuffer *output = bufferevent_get_output(connection->transport);
  bool failed = nghttp2_session_send(session) != 0;
  bool done = !nghttp2_session_want_read(session) &&
              !nghttp2_session_want_write(session) &&
              evbuffer_get_length(output) == 0;

  if (failed || done) {
    connection_free(connection);
  }
}

static void on_readable(struct bufferevent *transport, void *context) {
  struct connection *connection = context;
  struct evbuffer *input = bufferevent_get_input(transport);
  size_t length;

  /* One contiguous piece after the other, without copying. */
  while ((length = evbuffer_get_contiguous_space(input)) > 0) {
    const uint8_t *data = evbuffer_pullup(input, (ev_ssize_t)length);
    nghttp2_ssize taken =
        nghttp2_session_mem_recv2(connection->session, data, length);
    if (taken < 0) {
      connection_free(connection);
      return;
    }
    evbuffer_drain(input, (size_t)taken);
  }
  flush(connection);
}

static void on_writable(struct bufferevent *transport, void *context) {
  (void)transport;
  flush(context);
}

/* The server speaks first as well: its SETTINGS are its half of the preface. */
static bool session_start(struct connection *connection) {
  const nghttp2_settings_entry settings[] = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, MAX_STREAMS}};

  return nghttp2_session_server_new(&connection->session,
                                    connection->server->callbacks,
                                    connection) == 0 &&
         nghttp2_submit_settings(connection->session, NGHTTP2_FLAG_NONE,
                                 settings, 1) == 0;
}

/* The handshake is done, or the connection is: closed, broken or idle. */
static void on_event(struct bufferevent *transport, short events,
                     void *context) {
  struct connection *connection = context;
  const unsigned char *protocol = NULL;
  unsigned int length = 0;

  if ((events & BEV_EVENT_CONNECTED) == 0) {
    connection_free(connection);
    return;
  }
  /* A client that sent no ALPN extension at all gets here unasked. */
  SSL_get0_alpn_selected(bufferevent_openssl_get_ssl(transport), &protocol,
                         &length);
  if (length != 2 || memcmp(protocol, "h2", 2) != 0 ||
      !session_start(connection)) {
    connection_free(connection);
    return;
  }
  bufferevent_setcb(transport, on_readable, on_writable, on_event, connection);
  on_readable(transport, connection); /* requests may have come along */
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd,
                      struct sockaddr *address, int address_length,
                      void *context) {
  struct server *server = context;
  const struct timeval idle = {.tv_sec = IDLE_SECONDS};
  const int on = 1;
  (void)listener, (void)address, (void)address_length;

  struct connection *connection = calloc(1, sizeof *connection);
  SSL *ssl = connection == NULL ? NULL : SSL_new(server->tls);
  struct bufferevent *transport = NULL;
  if (ssl != NULL) {
    /* Takes the SSL object over in any case, the socket only on success.
       Callbacks are deferred so that none of them runs inside another. */
    transport = bufferevent_openssl_socket_new(
        server->loop, fd, ssl, BUFFEREVENT_SSL_ACCEPTING,
        BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
  }
  if (transport == NULL) {
    free(connection);
    evutil_closesocket(fd);
    return;
  }
  /* Frames are small and must not wait for company. */
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connection->files.root = server->root;
  LIST_INIT(&connection->files.streams);
  connection->server = server;
  connection->transport = transport;
  LIST_INSERT_HEAD(&server->connections, connection, entry);

  /* There is nothing to read or write before the handshake is done. */
  bufferevent_setcb(transport, NULL, NULL, on_event, connection);
  /* on_writable comes when half of the output has left, not all of it: the
     socket then never runs dry while we read the next piece. */
  bufferevent_setwatermark(transport, EV_WRITE, OUTPUT_LIMIT / 2, 0);
  bufferevent_set_timeouts(transport, &idle, &idle);
  bufferevent_enable(transport, EV_READ | EV_WRITE);
}

/* Most likely we are out of descriptors.  The socket would stay readable and
   keep the loop spinning, so stop listening until a connection has ended. */
static void on_accept_error(struct evconnlistener *listener, void *context) {
  const struct server *server = context;

  perror("libevent-server: accept");
  if (!LIST_EMPTY(&server->connections)) {
    evconnlistener_disable(listener);
  }
}

/* ---- the server ---- */

/* The client lists what it speaks; we choose h2 or refuse the handshake. */
static int on_alpn(SSL *ssl, const unsigned char **chosen,
                   unsigned char *chosen_length, const unsigned char *offered,
                   unsigned int offered_length, void *context) {
  (void)ssl, (void)context;

  /* 1 is h2; 0 would be http/1.1, which this server does not speak. */
  if (nghttp2_select_alpn(chosen, chosen_length, offered, offered_length) !=
      1) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  return SSL_TLSEXT_ERR_OK;
}

static SSL_CTX *tls_new(const char *key, const char *certificate) {
  SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

  if (tls == NULL) {
    return NULL;
  }
  /* RFC 9113, section 9.2: TLS 1.2 or newer, and no renegotiation. */
  SSL_CTX_set_options(tls, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_alpn_select_cb(tls, on_alpn, NULL);
  if (SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) != 1 ||
      SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
      SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(tls) != 1) {
    ERR_print_errors_fp(stderr);
    SSL_CTX_free(tls);
    return NULL;
  }
  return tls;
}

/* Takes no more connections, says GOAWAY on the open ones, and stops when they
   are gone or have had their time.  A second signal does not wait. */
static void on_signal(evutil_socket_t number, short events, void *context) {
  struct server *server = context;
  const struct timeval goodbye = {.tv_sec = GOODBYE_SECONDS};
  (void)number, (void)events;

  if (server->listener == NULL || LIST_EMPTY(&server->connections)) {
    event_base_loopbreak(server->loop);
    return;
  }
  evconnlistener_free(server->listener);
  server->listener = NULL;
  event_base_loopexit(server->loop, &goodbye);

  struct connection *next;
  for (struct connection *c = LIST_FIRST(&server->connections); c; c = next) {
    next = LIST_NEXT(c, entry);
    if (c->session == NULL) {
      connection_free(c);
      continue;
    }
    nghttp2_session_terminate_session(c->session, NGHTTP2_NO_ERROR);
    flush(c);
  }
}

static bool listen_on(struct server *server, uint16_t port) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons(port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;

  server->listener = evconnlistener_new_bind(
      server->loop, on_accept, server,
      LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE, -1,
      (struct sockaddr *)&address, sizeof address);
  if (server->listener == NULL) {
    perror("libevent-server: listen");
    return false;
  }
  evconnlistener_set_error_cb(server->listener, on_accept_error);
  getsockname(evconnlistener_get_fd(server->listener),
              (struct sockaddr *)&address, &length);
  printf("listening on 127.0.0.1:%d\n", ntohs(address.sin_port));
  return fflush(stdout) == 0;
}

static bool server_start(struct server *server, char **arguments) {
  static const int numbers[] = {SIGINT, SIGTERM};
  char *end = NULL;
  unsigned long port = strtoul(arguments[0], &end, 10);

  if (*end != '\0' || end == arguments[0] || port > 65535) {
    fputs("libevent-server: bad port\n", stderr);
    return false;
  }
  LIST_INIT(&server->connections);
  server->root = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  server->loop = event_base_new();
  server->tls = tls_new(arguments[1], arguments[2]);
  if (server->root < 0 || server->loop == NULL || server->tls == NULL ||
      nghttp2_session_callbacks_new(&server->callbacks) != 0) {
    return false;
  }
  nghttp2_session_callbacks_set_send_callback2(server->callbacks, send_bytes);
  file_service_set_callbacks(server->callbacks);
  for (int i = 0; i < 2; i++) {
    server->signals[i] =
        evsignal_new(server->loop, numbers[i], on_signal, server);
    if (server->signals[i] == NULL ||
        event_add(server->signals[i], NULL) != 0) {
      return false;
    }
  }
  return listen_on(server, (uint16_t)port);
}

static void server_free(struct server *server) {
  while (!LIST_EMPTY(&server->connections)) {
    connection_free(LIST_FIRST(&server->connections));
  }
  for (int i = 0; i < 2; i++) {
    if (server->signals[i] != NULL) {
      event_free(server->signals[i]);
    }
  }
  if (server->listener != NULL) {
    evconnlistener_free(server->listener);
  }
  nghttp2_session_callbacks_del(server->callbacks);
  SSL_CTX_free(server->tls);
  if (server->loop != NULL) {
    event_base_free(server->loop); /* also frees what was deferred */
  }
  if (server->root >= 0) {
    close(server->root);
  }
}

int main(int argc, char **argv) {
  struct server server = {.root = -1};

  if (argc != 4) {
    fprintf(stderr, "usage: %s PORT KEY CERT\n", argv[0]);
    return 2;
  }
  /* Writing to a connection the client has closed is an error, not a death. */
  signal(SIGPIPE, SIG_IGN);

  bool started = server_start(&server, argv + 1);
  if (started) {
    event_base_dispatch(server.loop);
  }
  server_free(&server);
  return started ? 0 : 1;
}
