// Which exchanges there are, and one of them ready for use.

import ccxt from 'ccxt';
import { Refusal } from './faults.mjs';

let list;

/** All exchanges with the credentials that a private call needs, in CCXT's names. */
export function exchanges() {
  list ??= ccxt.exchanges.map((id) => {
    const exchange = new ccxt[id]();
    return {
      id,
      name: exchange.name,
      credentials: Object.keys(exchange.requiredCredentials).filter((name) => exchange.requiredCredentials[name]),
      streams: Boolean(ccxt.pro[id]),
    };
  });
  return { ccxt: ccxt.version, items: list };
}

/**
 * @param id CCXT's id
 * @param baseUrl where every HTTP call goes instead, with its path kept: a proxy, a testnet or a test double
 * @param timeout milliseconds for one HTTP call
 */
export function open(id, { baseUrl, timeout = 15000 } = {}) {
  if (!ccxt.exchanges.includes(id)) throw new Refusal(404, 'UnknownExchange', `CCXT has no exchange with the id ${String(id).slice(0, 64)}.`);
  const exchange = new ccxt[id]({ timeout, enableRateLimit: true, maxRetriesOnFailure: 0 });
  exchange.number = String; // no number of an exchange ever becomes a double
  if (baseUrl) {
    const fetch = exchange.fetch.bind(exchange);
    exchange.fetch = (url, ...rest) => fetch(redirected(url, baseUrl), ...rest);
  }

  return exchange;
}

export const redirected = (url, baseUrl) => url.replace(/^https?:\/\/[^/?]+/, baseUrl.replace(/\/+$/, ''));
