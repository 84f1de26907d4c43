// Tells that orders of an account changed, as CCXT streams them: one line of JSON each, with the symbol or an empty text.
// A stream that cannot be had ends at once; whoever reads polls in any case.

import { book } from './books.mjs';
import { Call } from './call.mjs';
import { streamClassOf } from './ccxt.mjs';
import { scrub } from './faults.mjs';

const BEAT = 15_000;

// How long after its opening a stream may still be subscribing, in milliseconds.
const SUBSCRIBING = 10_000;

/** Writes lines until the reader leaves or the stream fails. An empty object is a sign of life. */
export async function changes(question, response) {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const write = (line) => response.write(`${JSON.stringify(line)}\n`);
  const exchange = (await streams(question.exchange)) && (await opened(question));
  if (!exchange) return response.end();
  const beat = setInterval(() => write({}), BEAT);
  const left = new Promise((resolve) => response.once('close', resolve));
  try {
    await watch(exchange, (symbol) => write({ symbol }), left);
  } catch (error) {
    write({ ended: scrub(error?.message ?? error) });
  } finally {
    clearInterval(beat);
    await exchange.close().catch(() => undefined);
    response.end();
  }
}

const known = new Map();

async function streams(id) {
  const Stream = await streamClassOf(id);
  if (Stream && !known.has(id)) known.set(id, new Stream().has.watchOrders === true);
  return known.get(id);
}

const opened = (question) => new Call({ kind: 'poll', account: question.keys?.apiKey })
  .run(async () => (await book(question)).stream(question.keys))
  .catch(() => undefined);

/**
 * Returns when `left` has ended; throws what the stream throws.
 *
 * What happened before the exchange followed us is told by nobody, and CCXT drops what arrives between the exchange's consent and its own
 * first wait. So whatever the stream says at its beginning, were it only the consent, is a hint to look everywhere.
 */
export async function watch(exchange, tell, left) {
  const gone = left.then(() => undefined);
  const began = Date.now();
  const handle = exchange.handleMessage;
  exchange.handleMessage = (...message) => {
    if (Date.now() - began < SUBSCRIBING) tell('');
    return handle?.apply(exchange, message);
  };
  for (;;) {
    const orders = await Promise.race([exchange.watchOrders(), gone]);
    if (orders === undefined) return;
    for (const symbol of new Set(orders.map((order) => order.symbol ?? ''))) tell(symbol);
  }
}
