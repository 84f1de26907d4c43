// Lists longer than one answer. A list that cannot be read to its end is an error, never a shorter list: from what is missing
// in it somebody concludes that it does not exist. The error carries what was read as `rows`.

import { NotSent } from './call.mjs';
import { described } from './descriptions.mjs';

const MOST_PAGES = 50;

/** A symbol's rows since an instant, each once, oldest first. `method` is CCXT's: fetchOrders, fetchClosedOrders, fetchMyTrades… */
export async function pages(exchange, method, symbol, since) {
  const { pages: rules } = described(exchange.id);
  const ask = (from, limit, params) => exchange[method](symbol, from, limit, params);
  const found = new Map();
  const rows = () => [...found.values()]
    .filter((row) => (!rules.offset || row.symbol === symbol) && (row.timestamp === undefined || row.timestamp >= since))
      .sort((a, b) => a.timestamp - b.timestamp);
  try {
    if (rules.offset) await byOffset(found, rules, (params) => exchange[method](undefined, undefined, undefined, params), since);
    else if (rules.forward) await forward(found, rules, ask, since);
    else await backward(found, rules, ask, since, exchange.id);
  } catch (error) {
    if (error instanceof NotSent && error.unread) error.rows = rows();
    throw error;
  }

  return rows();
}

/** Open orders are one answer, which is whole when it is shorter than the exchange's longest. */
export async function wholeOpen(exchange, symbol) {
  const { pages: rules } = described(exchange.id);
  const rows = await exchange.fetchOpenOrders(symbol, undefined, rules.open);
  if (rules.openIsWhole || rows.length < rules.open) return rows;
  throw Object.assign(rules.open === undefined ? unknownEnd(exchange.id) : tooLong(), { rows });
}

/** What a list brought, to its end or not: for whoever looks for what is there. */
export const asFarAsRead = (list) => list.catch((error) => {
  if (error.rows) return error.rows;
  throw error;
});

async function forward(found, { limit, window }, ask, since) {
  const now = Date.now() + 60_000;
  let from = since;
  for (let page = 0; page < MOST_PAGES; page++) {
    const until = Math.min(from + window - 1, now);
    const rows = await ask(from, limit, now - since < window ? {} : { until });
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    if (rows.length >= limit && found.size > before) from = Math.max(...rows.map((row) => row.timestamp));
    else if (rows.length >= limit) throw tooLong();
    else if (until >= now || now - since < window) return;
    else from = until + 1;
  }

  throw tooLong();
}

async function backward(found, { limit }, ask, since, id) {
  let params = {};
  for (let page = 0; page < MOST_PAGES; page++) {
    const rows = await ask(since, limit, params);
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    if (limit === undefined) throw unknownEnd(id);
    if (rows.length < limit) return;
    if (found.size === before) throw tooLong();
    params = { until: Math.min(...rows.map((row) => row.timestamp)) };
  }

  throw tooLong();
}

// The exchange pages over all symbols, newest first: CCXT is asked for all, so that a full page is seen to be full. What comes in
// meanwhile moves the rest to higher offsets: rows come twice, none is passed over.
async function byOffset(found, { limit }, ask, since) {
  for (let page = 0; page < MOST_PAGES; page++) {
    const rows = await ask({ start: Math.floor(since / 1000), ofs: page * limit });
    for (const row of rows) found.set(row.id, row);
    if (rows.length < limit) return;
  }

  throw tooLong();
}

const tooLong = () => Object.assign(new NotSent('tooLong', 'The list is longer than this gateway can read.'), { unread: true });

const unknownEnd = (id) => Object.assign(
  new NotSent('notSupported', `How much ${id} tells in one answer is not known here, so what is not in its lists may still exist.`),
  { unread: true },
);
