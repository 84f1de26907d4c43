// Which exchanges there are, and one of them ready for use.

import ccxt from 'ccxt';
import { buysByCost } from './costs.mjs';

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
      costBuys: (exchange.has.spot !== false && buysByCost(exchange)) || undefined,
    };
  });
  return { ccxt: ccxt.version, items: list };
}

