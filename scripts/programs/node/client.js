// usage: node client.js URL CERTIFICATE
//
// Goes through the subjects one after the other and prints what happened, and at the end what the
// server saw. Nothing that depends on time or on a port is printed.
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const http2 = require('http2');
const { once } = require('events');

const [url, certificate] = process.argv.slice(2);
const { NGHTTP2_CANCEL } = http2.constants;
const connection = {
  ca: fs.readFileSync(certificate),
  servername: 'localhost',
  settings: { maxFrameSize: 20000 },
};

function digest(body) {
  const sum = crypto.createHash('sha256').update(body).digest('hex').slice(0, 16);
  return `${body.length} octets ${sum}`;
}

function shown(headers) {
  const names = Object.keys(headers).filter((name) => name !== 'date' && name !== 'last-modified');
  return names.sort().map((name) => `${name}=${headers[name]}`).join(' ');
}

// Opens a stream, sends the body if there is one, and waits for its end: what came of it.
async function exchange(session, headers, { body, options, prepare } = {}) {
  const stream = session.request(headers, { endStream: body === undefined, ...options });
  const seen = { headers: {}, trailers: {}, informational: [], error: null, body: null };
  const pieces = [];
  stream.on('response', (fields) => { seen.headers = fields; });
  stream.on('headers', (fields) => seen.informational.push(shown(fields)));
  stream.on('continue', () => seen.informational.push('continue'));
  stream.on('trailers', (fields) => { seen.trailers = fields; });
  stream.on('error', (error) => { seen.error = `${error.code} ${error.message}`; });
  stream.on('frameError', (type, code) => { seen.frameError = `type ${type} code ${code}`; });
  stream.on('data', (piece) => pieces.push(piece));
  if (prepare) prepare(stream);
  if (body !== undefined) stream.end(body);
  await new Promise((done) => stream.on('close', done));
  seen.body = Buffer.concat(pieces);
  seen.code = stream.rstCode;
  return seen;
}

function print(title, seen) {
  console.log(`${title}: ${shown(seen.headers)}; ${digest(seen.body)}; code ${seen.code}`);
  for (const line of seen.informational) console.log(`  before it: ${line}`);
  if (Object.keys(seen.trailers).length > 0) console.log(`  trailers: ${shown(seen.trailers)}`);
  if (seen.error) console.log(`  error: ${seen.error}`);
  if (seen.frameError) console.log(`  frame error: ${seen.frameError}`);
}

const subjects = {
  async settings(session) {
    if (!session.remoteSettings.maxFrameSize) await once(session, 'remoteSettings');
    console.log(`alpn ${session.alpnProtocol} encrypted ${session.encrypted}`);
    console.log(`ours ${JSON.stringify(session.localSettings)}`);
    console.log(`theirs ${JSON.stringify(session.remoteSettings)}`);
    await new Promise((done) => session.settings({ initialWindowSize: 70000 }, done));
    console.log(`ours ${JSON.stringify(session.localSettings)}`);
    print('settings', await exchange(session, { ':path': '/settings' }));
    console.log(`theirs ${JSON.stringify(session.remoteSettings)}`);
    console.log(`state ${JSON.stringify(session.state)}`);
    console.log(`packed ${http2.getPackedSettings({ headerTableSize: 100 }).toString('hex')}`);
  },

  async get(session) {
    print('file', await exchange(session, { ':path': '/hello.txt' }));
    print('head', await exchange(session, { ':method': 'HEAD', ':path': '/hello.txt' }));
    print('missing', await exchange(session, { ':path': '/none' }));
    print('query', await exchange(session, {
      ':path': '/size/10', cookie: ['a=1', 'b=2'], 'x-empty': '',
    }));
    print('fields', await exchange(session, { ':path': '/size/1', 'x-long': 'v'.repeat(30000) }));
    print('never indexed', await exchange(session, {
      ':path': '/size/2', secret: 'kept', [http2.sensitiveHeaders]: ['secret'],
    }));
  },

  async post(session) {
    const body = crypto.createHash('shake256', { outputLength: 300000 }).update('seed').digest();
    const post = { ':method': 'POST', ':path': '/echo' };
    print('nothing', await exchange(session, post, { body: '' }));
    const seen = await exchange(session, post, { body });
    print('echo', seen);
    console.log(`the same: ${seen.body.equals(body)}`);
    const asking = { ...post, expect: '100-continue' };
    print('continue', await exchange(session, asking, { body: 'asked' }));
  },

  async push(session) {
    const pushed = [];
    const listener = (stream, headers) => pushed.push(new Promise((done) => {
      const pieces = [];
      stream.on('push', (fields) => {
        pieces.push(`${fields['x-pushed']} weight ${stream.state.weight} `);
      });
      stream.on('data', (piece) => pieces.push(piece));
      stream.on('close', () => done(`${stream.id} ${headers[':path']}: ${pieces.join('')}`));
    }));
    session.on('stream', listener);
    print('push', await exchange(session, { ':path': '/push' }));
    for (const line of (await Promise.all(pushed)).sort()) console.log(`  pushed: ${line}`);
    session.off('stream', listener);
  },

  async trailers(session) {
    print('trailers', await exchange(session, { ':method': 'POST', ':path': '/trailers' }, {
      body: 'with a sum',
      options: { waitForTrailers: true },
      prepare(stream) {
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }));
      },
    }));
    print('informational', await exchange(session, { ':path': '/informational' }));
  },

  async ping(session) {
    const payload = await new Promise((done) => {
      session.ping(Buffer.from('01234567'), (error, duration, answer) => done(answer));
    });
    console.log(`ping: ${payload}`);
    print('ping', await exchange(session, { ':path': '/ping' }));
  },

  async reset(session) {
    print('cancelled', await exchange(session, { ':path': '/cancelled' }, {
      prepare(stream) {
        stream.once('data', () => stream.close(NGHTTP2_CANCEL));
      },
    }));
    const early = await exchange(session, { ':path': '/cancelled' }, {
      prepare: (stream) => stream.close(NGHTTP2_CANCEL),
    });
    console.log(`closed at once: code ${early.code}`);
    print('broken', await exchange(session, { ':path': '/broken' }));
    print('refused', await exchange(session, { ':path': '/refused' }));
  },

  async parallel(session) {
    const sizes = Array.from({ length: 50 }, (_, i) => i * i * 97);
    const paths = sizes.map((size) => ({ ':path': `/size/${size}` }));
    const seen = await Promise.all(paths.map((headers) => exchange(session, headers)));
    for (const one of seen) console.log(`  ${one.headers[':status']} ${digest(one.body)}`);
  },

  // The window closes while nobody reads.
  async window(session) {
    print('window', await exchange(session, { ':path': '/window' }, {
      prepare(stream) {
        stream.once('data', () => {
          stream.pause();
          session.ping(() => {
            stream.resume();
          });
        });
      },
    }));
    session.setLocalWindowSize(1 << 20);
    console.log(`local window ${session.state.effectiveLocalWindowSize}`);
    print('wide window', await exchange(session, { ':path': '/window' }));
  },

  async priority(session) {
    const options = { weight: 200, exclusive: true, parent: 0 };
    print('priority', await exchange(session, { ':path': '/size/3' }, {
      options,
      prepare(stream) {
        stream.on('response', () => console.log(`weight ${stream.state.weight}`));
        stream.priority({ weight: 7, parent: 0, exclusive: false, silent: false });
      },
    }));
  },

  async alternatives(session) {
    const seen = [];
    session.on('altsvc', (value, origin, id) => {
      seen.push(`altsvc ${value} '${origin}' on ${id > 0 ? 'a stream' : 'the connection'}`);
    });
    session.on('origin', (origins) => seen.push(`origin ${origins.join(' ')}`));
    print('alternatives', await exchange(session, { ':path': '/alternatives' }));
    console.log(seen.join('\n'));
  },

  async connect(session) {
    const body = 'through the tunnel';
    print('connect', await exchange(session, {
      ':method': 'CONNECT', ':authority': 'there.example:443',
    }, { body }));
    print('websocket', await exchange(session, {
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':authority': 'chat.example',
      ':path': '/chat',
    }, { body }));
  },

  async record(session) {
    const { body } = await exchange(session, { ':path': '/record' });
    console.log('the server:');
    for (const line of String(body).split('\n').sort()) console.log(`  ${line}`);
  },

  // Each of the last two ends its connection.
  async limits() {
    const session = await connect();
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`x-${i}`, 'v']));
    print('too many fields', await exchange(session, { ':path': '/size/4', ...many }));
    const huge = { ':path': '/size/4', 'x-huge': 'h'.repeat(70000) };
    print('too large a block', await exchange(session, huge));
  },

  async goaway() {
    const session = await connect();
    const seen = [];
    session.on('goaway', (code, last, data) => seen.push(`goaway ${code} ${data}`));
    print('goaway', await exchange(session, { ':path': '/goaway' }));
    if (!session.destroyed) await new Promise((done) => session.on('close', done));
    console.log(seen.join('\n'));
  },
};

async function connect() {
  const session = http2.connect(url, connection);
  session.on('error', (error) => console.log(`session: ${error.code} ${error.message}`));
  await once(session, 'connect');
  return session;
}

async function main() {
  const session = await connect();
  for (const [name, subject] of Object.entries(subjects)) {
    console.log(`# ${name}`);
    await subject(session);
  }
  session.close();
  await once(session, 'close');
  console.log('end');
}

main().catch((error) => {
  console.log(`failed: ${error.stack}`);
  process.exitCode = 1;
});
