// The rules of an exchange's markets, every number as the exchange wrote it.

import { book } from './books.mjs';
import { costStep } from './costs.mjs';

const exact = (value) => (value === undefined || value === null ? undefined : String(value));
const range = (limit) => ({ min: exact(limit?.min), max: exact(limit?.max) });

// Whether the limits of cost hold for market orders, where an exchange says so (Binance and those that speak like it).
const costAtMarket = (market) => {
  const filter = (type) => market.info?.filters?.find?.((f) => f.filterType === type);
  const notional = filter('NOTIONAL');
  const least = filter('MIN_NOTIONAL');
  return { min: notional?.applyMinToMarket ?? least?.applyToMarket, max: notional?.applyMaxToMarket };
};

const view = (exchange) => (market) => ({
  id: market.id,
  symbol: market.symbol,
  base: market.base,
  quote: market.quote,
  settle: market.settle,
  type: market.type,
  active: market.active !== false,
  linear: market.linear,
  contractSize: exact(market.contractSize),
  taker: exact(market.taker),
  maker: exact(market.maker),
  precision: {
    price: exact(market.precision.price),
    amount: exact(market.precision.amount),
    cost: exact(costStep(exchange, market.precision)),
  },
  limits: {
    price: range(market.limits.price),
    amount: range(market.limits.amount),
    cost: range(market.limits.cost),
    market: range(market.limits.market),
  },
  costAtMarket: costAtMarket(market),
});

/** `missing` names the kinds of market that the exchange did not answer for, such as futures where they are blocked. */
export async function markets(question) {
  const shared = await book(question);
  const exchange = await shared.open();
  const missing = await load(exchange);
  const items = Object.values(exchange.markets).map(view(exchange));
  await shared.adopt(exchange, missing);
  return { exchange: shared.id, precisionMode: exchange.precisionMode, missing, items };
}

export async function load(exchange) {
  const kinds = exchange.options.fetchMarkets?.types ?? exchange.options.fetchMarkets;
  try {
    await exchange.loadMarkets();
    return [];
  } catch (error) {
    if (!Array.isArray(kinds) || kinds.length < 2) throw error;
    return loadEach(exchange, kinds, error);
  }
}

// CCXT asks for all kinds at once and gives up when one of them fails. Spot rules are worth having without futures.
async function loadEach(exchange, kinds, firstError) {
  const found = [];
  const missing = [];
  for (const kind of kinds) {
    exchange.options.fetchMarkets = Array.isArray(exchange.options.fetchMarkets)
      ? [kind]
      : { ...exchange.options.fetchMarkets, types: [kind] };
    try {
      found.push(...(await exchange.fetchMarkets()));
    } catch {
      missing.push(kind);
    }
  }

  if (missing.length === kinds.length) throw firstError;
  exchange.setMarkets(found);
  return missing;
}
