// usage: node server.js DOCUMENTS CERTIFICATE KEY H2C_PORT TLS_PORT
//
// Plays the server's part in each subject of client.js, and keeps a record of what it saw for each
// connection, which /record returns.
'use strict';

const fs = require('fs');
const http2 = require('http2');
const path = require('path');

const [documents, certificate, key, plainPort, tlsPort] = process.argv.slice(2);
const { NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_INTERNAL_ERROR, NGHTTP2_REFUSED_STREAM } =
  http2.constants;
const records = new WeakMap();

// Bytes that are easy to check and do not repeat with the frame size.
function pattern(length) {
  return Buffer.alloc(length, Buffer.from(Array.from({ length: 251 }, (_, i) => i)));
}

function collect(stream, done) {
  const pieces = [];
  stream.on('data', (piece) => pieces.push(piece));
  stream.on('end', () => done(Buffer.concat(pieces)));
}

const subjects = {
  '/echo'(stream, headers) {
    if (headers.expect === '100-continue') stream.additionalHeaders({ ':status': 100 });
    stream.respond({ ':status': 200 });
    stream.pipe(stream);
  },

  '/push'(stream) {
    stream.respond({ ':status': 200 });
    let left = 2;
    for (const name of ['/style.css', '/app.js']) {
      stream.pushStream({ ':path': name }, { weight: 20 }, (error, pushed) => {
        if (error) throw error;
        pushed.on('error', () => {});
        pushed.respond({ ':status': 200, 'x-pushed': name });
        pushed.end(`content of ${name}`);
        if (--left === 0) stream.end('pushed two');
      });
    }
  },

  '/trailers'(stream, headers, record) {
    stream.on('trailers', (trailers) => record.push(`trailers x-sum=${trailers['x-sum']}`));
    collect(stream, (body) => {
      stream.respond({ ':status': 200, trailer: 'x-end' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-end': String(body.length) }));
      stream.end(body);
    });
  },

  '/informational'(stream) {
    stream.additionalHeaders({ ':status': 103, link: '</style.css>; rel=preload' });
    stream.respond({ ':status': 204 }, { endStream: true });
  },

  '/settings'(stream, headers, record) {
    const { session } = stream;
    record.push(`client's settings ${JSON.stringify(session.remoteSettings)}`);
    session.settings({ maxConcurrentStreams: 77, initialWindowSize: 100000 }, () => {
      stream.respond({ ':status': 200 });
      stream.end(JSON.stringify(session.localSettings));
    });
  },

  '/ping'(stream) {
    stream.session.ping(Buffer.from('8 octets'), (error, duration, payload) => {
      stream.respond({ ':status': error ? 500 : 200 });
      stream.end(payload);
    });
  },

  '/cancelled'(stream) {
    stream.respond({ ':status': 200 });
    stream.write('the beginning');
  },

  '/broken'(stream) {
    stream.respond({ ':status': 200 });
    stream.close(NGHTTP2_INTERNAL_ERROR);
  },

  '/refused'(stream) {
    stream.close(NGHTTP2_REFUSED_STREAM);
  },

  '/window'(stream) {
    stream.respond({ ':status': 200 });
    stream.end(pattern(1000000));
  },

  '/alternatives'(stream) {
    const { session } = stream;
    session.altsvc('h2=":8000"; ma=60', 'https://alternative.example');
    session.altsvc('h2=":8001"', stream.id);
    session.origin('https://one.example', 'https://two.example');
    stream.respond({ ':status': 200 }, { endStream: true });
  },

  '/goaway'(stream) {
    stream.session.goaway(NGHTTP2_ENHANCE_YOUR_CALM, stream.id, Buffer.from('calm down'));
    stream.respond({ ':status': 200 });
    stream.end('last words');
  },

  '/record'(stream, headers, record) {
    stream.respond({ ':status': 200 });
    stream.end(record.join('\n'));
  },
};

function handle(stream, headers) {
  const record = records.get(stream.session);
  const { ':method': method, ':path': name } = headers;
  stream.on('error', (error) => record.push(`${name}: ${error.code} ${error.message}`));
  stream.on('aborted', () => record.push(`${name}: aborted`));
  if (name !== '/record') {
    stream.on('close', () => {
      record.push(`${method} ${name} stream ${stream.id} closed with ${stream.rstCode}`);
    });
  }
  if (method === 'CONNECT') {
    record.push(`CONNECT ${headers[':authority']} ${headers[':protocol']}`);
    stream.respond({ ':status': 200 });
    stream.pipe(stream);
  } else if (method === 'HEAD') {
    stream.respond({ ':status': 200, 'x-head': 'yes' });
  } else if (Object.hasOwn(subjects, name)) {
    subjects[name](stream, headers, record);
  } else if (name.startsWith('/size/')) {
    stream.respond({ ':status': 200, 'x-fields': Object.keys(headers).length });
    stream.end(pattern(Number(name.slice(6))));
  } else {
    stream.respondWithFile(path.join(documents, path.normalize(name)), {}, {
      onError() {
        stream.respond({ ':status': 404 }, { endStream: true });
      },
    });
  }
}

const options = {
  enablePush: true,
  maxHeaderListPairs: 200,
  paddingStrategy: http2.constants.PADDING_STRATEGY_MAX,
  settings: { enableConnectProtocol: true, maxConcurrentStreams: 100 },
};

function listen(server, port) {
  server.on('session', (session) => {
    records.set(session, []);
    session.on('error', (error) => records.get(session).push(`session: ${error.code}`));
    session.on('goaway', (code) => records.get(session).push(`goaway ${code}`));
  });
  server.on('stream', handle);
  server.on('sessionError', () => {});
  server.listen(Number(port), '127.0.0.1');
}

listen(http2.createServer(options), plainPort);
listen(http2.createSecureServer({
  ...options,
  cert: fs.readFileSync(certificate),
  key: fs.readFileSync(key),
}), tlsPort);
