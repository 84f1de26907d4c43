// Lists longer than one answer. A list that cannot be read to its end is an error, never a shorter list.

import { NotSent } from './call.mjs';
import { quirksOf } from './quirks.mjs';

const MOST_PAGES = 50;

/** Rows since an instant, each once, oldest first. `ask(since, limit, params)` answers one page. */
export async function pages(exchange, since, ask) {
  const { pages: rules } = quirksOf(exchange.id);
  const found = rules.forward ? await forward(since, rules, ask) : await backward(since, rules, ask);
  return [...found.values()].filter((row) => row.timestamp === undefined || row.timestamp >= since).sort((a, b) => a.timestamp - b.timestamp);
}

async function forward(since, { limit, window }, ask) {
  const found = new Map();
  const now = Date.now() + 60_000;
  let from = since;
  for (let page = 0; page < MOST_PAGES; page++) {
    const until = Math.min(from + window - 1, now);
    const rows = await ask(from, limit, now - since < window ? {} : { until });
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    if (rows.length >= limit && found.size > before) from = Math.max(...rows.map((row) => row.timestamp));
    else if (rows.length >= limit) throw tooLong();
    else if (until >= now || now - since < window) return found;
    else from = until + 1;
  }

  throw tooLong();
}

async function backward(since, { limit }, ask) {
  const found = new Map();
  let params = {};
  for (let page = 0; page < MOST_PAGES; page++) {
    const rows = await ask(since, limit, params);
    const before = found.size;
    for (const row of rows) found.set(row.id, row);
    if (limit === undefined || rows.length < limit) return found;
    if (found.size === before) throw tooLong();
    params = { until: Math.min(...rows.map((row) => row.timestamp)) };
  }

  throw tooLong();
}

const tooLong = () => new NotSent('tooLong', 'The list is longer than this gateway can read.');
