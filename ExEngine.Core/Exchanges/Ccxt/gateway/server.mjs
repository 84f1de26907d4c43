// CCXT over HTTP and JSON: on a Unix socket for the engine that started this process and whose end it does not outlive,
// or on TCP behind a shared secret. It translates and never decides.
//
//   GATEWAY_SOCKET   path of the Unix socket; its folder is made when it is not there, and must be for the owner only
//   GATEWAY_LISTEN   host:port instead, with GATEWAY_SECRET (32 characters or more)
//   GATEWAY_CHILD=1  end when standard input ends: the parent is gone

import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { fault, Refusal, scrub } from './faults.mjs';

const MOST_BYTES = 1 << 20;

// CCXT is large; it is loaded when it is first needed, so that this process listens at once.
const routes = {
  'GET /health': async () => ({ status: 'ok', node: process.versions.node }),
  'GET /exchanges': async () => (await import('./exchanges.mjs')).exchanges(),
  'POST /markets': async (body) => (await import('./markets.mjs')).markets(body),
  'POST /precision': async (body) => (await import('./precision.mjs')).precision(body),
};

const { GATEWAY_SOCKET: socket, GATEWAY_LISTEN: listen, GATEWAY_SECRET: secret = '', GATEWAY_CHILD: child } = process.env;
if (!socket && (!listen || secret.length < 32)) {
  console.error('Set GATEWAY_SOCKET, or GATEWAY_LISTEN and a GATEWAY_SECRET of 32 characters or more.');
  process.exit(2);
}

const digest = (text) => createHash('sha256').update(text).digest();
const allowed = (request) => Boolean(socket) || timingSafeEqual(digest(request.headers['x-gateway-secret'] ?? ''), digest(secret));

async function read(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Refusal(413, 'TooLarge', `A request has at most ${MOST_BYTES} bytes.`);
    chunks.push(chunk);
  }

  try {
    return size === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'BadRequest', 'The body is not JSON.');
  }
}

async function answer(request, response) {
  if (!allowed(request)) throw new Refusal(401, 'Unauthenticated', 'The gateway secret is missing or wrong.');
  if (request.method === 'POST' && request.url === '/changes') return (await import('./changes.mjs'))
    .changes(await read(request), response);
  const name = `${request.method} ${request.url}`;
  const route = routes[name] ?? (await import('./trade.mjs')).routes[name];
  if (!route) throw new Refusal(404, 'NotFound', 'The gateway has no such route.');
  return route(await read(request));
}

const server = createServer(async (request, response) => {
  let status = 200;
  let body;
  try {
    body = await answer(request, response);
  } catch (error) {
    ({ status, body } = fault(error));
  }

  if (response.headersSent) return response.end(); // it was streamed
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
});

server.keepAliveTimeout = 0; // the engine closes idle connections, so that no request meets one that just closed

// A stream of one account that fails where nobody waits for it must not take all others along.
process.on('unhandledRejection', (error) => console.error(`Unhandled: ${scrub(error?.message ?? error)}`));

const stop = () => {
  server.close(() => {
    if (socket && child === '1') rmSync(dirname(socket), { recursive: true, force: true });
    process.exit(0);
  });
  server.closeAllConnections();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (child === '1') process.stdin.on('end', stop).on('error', stop).resume();

process.umask(0o077);
if (socket) mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
const colon = listen?.lastIndexOf(':');
const place = socket ? { path: socket } : { host: listen.slice(0, colon), port: Number(listen.slice(colon + 1)) };
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(place, () => console.log(JSON.stringify({ ready: socket ?? server.address().port })));
