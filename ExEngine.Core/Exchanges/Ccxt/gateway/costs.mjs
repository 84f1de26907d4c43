// What things cost: market buys that are sent by their cost instead of a quantity, and requests in an exchange's allowance.

import { functions } from './ccxt.mjs';
import { described } from './descriptions.mjs';

/** Whether the exchange takes market buys on spot by their cost only. CCXT says so in three places, of which an exchange fills some. */
export function buysByCost({ id, features, options }) {
  const said = [
    features?.spot?.createOrder?.marketBuyRequiresPrice,
    options?.createMarketBuyOrderRequiresPrice,
    options?.createOrder?.createMarketBuyOrderRequiresPrice,
  ];
  return said.includes(true) && !described(id).marketBuysByQuantity;
}

/** The same of an order of an account, whose kind is known by now where it matters. */
export function wantsCost(exchange, market, side) {
  if (side !== 'buy' || !market?.spot) return false;
  const classic = described(exchange.id).classicCostBuys && exchange.options.enableUnifiedAccount === false;
  return classic || buysByCost(exchange);
}

/**
 * The step of a market's costs: what CCXT's costToPrecision cuts to, and no finer than the quote is counted in. Undefined where neither
 * is stated.
 */
export function costStep(exchange, { cost, price, amount, quote }) {
  const isTick = exchange.precisionMode === functions.TICK_SIZE;
  const step = described(exchange.id).costsOnQuantityStep ? amount : cost ?? price;
  return isTick && Number(quote) > Number(step) ? quote : step;
}

/** Units of the exchange's allowance that a request takes; undefined where CCXT is right. */
export function lighterCost(id, path, parameters) {
  return described(id).lighterCosts?.find((one) => one.path === path && one.with in parameters)?.cost;
}
