// Orders of an account: place, cancel, find, list. Each sends what it says, once.

import { current, NotSent } from './call.mjs';
import { errors } from './ccxt.mjs';
import { wantsCost } from './costs.mjs';
import { described } from './descriptions.mjs';
import { toUnits } from './exact.mjs';
import { toWire } from './ids.mjs';
import { asFarAsRead, pages, wholeOpen } from './pages.mjs';
import { orderView, tradeView } from './views.mjs';

const FINAL = new Set(['closed', 'canceled', 'expired', 'rejected']);

export async function place(exchange, question) {
  // Learns the kind of the account, unless that is known.
  if (described(exchange.id).classicCostBuys) await exchange.isUnifiedEnabled();
  const order = request(exchange, question);
  const call = current();
  call.numbers = [order.amount, order.price, order.params.stopLossPrice, order.params.cost].filter((number) => number !== undefined);
  call.costAs = order.byCost;
  call.clientId = toWire(exchange.id, question.clientId);
  const placed = await send(exchange, question, order);
  if (!placed?.id) throw new errors.BadResponse(`${exchange.id} answered without an order id`);
  if (placed.clientOrderId
    && placed.clientOrderId !== question.clientId) throw new errors.BadResponse(`${exchange.id} answered with another order`);
  const { symbol, side, clientId } = question;
  return { order: orderView(exchange, { ...placed, type: order.type, side, symbol, clientOrderId: clientId }, true) };
}

// Where buys are by cost, CCXT has a method that knows how. What comes of it is looked at before it leaves (costAs): at some exchanges it
// would send the cost as a quantity.
function send(exchange, { symbol, side }, { type, amount, price, byCost, params }) {
  if (!byCost) return exchange.createOrder(symbol, type, side, amount ?? params.cost, price, params);
  const { cost, ...rest } = params;
  return exchange.createMarketBuyOrderWithCost(symbol, cost, rest);
}

/** What CCXT is given; refuses what it would not send as it was meant. */
function request(exchange, { symbol, side, type, quantity, cost, price, stopPrice, timeInForce, reduceOnly, postOnly, clientId }) {
  const market = exchange.market(symbol);
  const params = { [described(exchange.id).clientIdAs ?? 'clientOrderId']: toWire(exchange.id, clientId) };
  if (timeInForce) params.timeInForce = timeInForce;
  if (reduceOnly && market.contract) params.reduceOnly = true;
  if (postOnly) {
    if (!described(exchange.id).postOnly) throw unsupported(`${exchange.id} does not take post-only orders through this gateway.`);
    params.postOnly = true;
  }

  if (stopPrice !== undefined) {
    if (!described(exchange.id).stops) throw unsupported(`${exchange.id} does not take stop orders through this gateway.`);
    params.stopLossPrice = stopPrice;
  }

  const limit = type === 'limit';
  const wants = !limit && wantsCost(exchange, market, side);
  if (!limit && cost !== undefined && (quantity === undefined || wants)) {
    const byCost = wants ? described(exchange.id).costAs : undefined;
    const offered = side === 'buy' ? exchange.has.createMarketBuyOrderWithCost : exchange.has.createMarketSellOrderWithCost;
    if (wants && !byCost) throw unsupported(`${exchange.id} takes market buys by their cost, which CCXT cannot send. Send a limit order.`);
    if (!offered || stopPrice !== undefined) throw unsupported(`${exchange.id} does not take this order by its cost. State a quantity.`);
    return { type: 'market', byCost, params: { ...params, cost } };
  }

  if (wants) {
    if (stopPrice !== undefined) throw unsupported(`${exchange.id} takes buys at a stop price by their cost only; send a limit beside it.`);
    throw new NotSent('noPrice', `${exchange.id} takes market buys of this account by their cost, and no price is known to count it with.`);
  }

  return { type: limit ? 'limit' : 'market', amount: toUnits(market, quantity), price: limit ? price : undefined, params };
}

const unsupported = (message) => new NotSent('notSupported', message);

/** Cancels, and answers with the order as it is then. */
export async function cancel(exchange, { symbol, clientId, orderId }) {
  const byClientId = described(exchange.id).cancelByClientId;
  const id = orderId ?? (byClientId ? undefined : (await lookUp(exchange, { symbol, clientId }))?.id);
  if (id === undefined && !byClientId) throw new errors.OrderNotFound(`${exchange.id} has no order with this client id`);
  const canceled = await exchange.cancelOrder(id, symbol, id === undefined ? { clientOrderId: clientId } : {});
  const complete = FINAL.has(canceled?.status) && canceled.filled !== undefined && canceled.id;
  const order = complete ? canceled : await lookUp(exchange, { symbol, clientId, orderId: id });
  if (!order) throw new errors.BadResponse(`${exchange.id} has cancelled an order that it does not find`);
  return { order: orderView(exchange, { ...order, symbol, clientOrderId: clientId }) };
}

export async function find(exchange, question) {
  const order = await lookUp(exchange, question);
  return { order: order && orderView(exchange, { ...order, symbol: question.symbol }) };
}

/** Undefined when the exchange says that there is no such order. */
async function lookUp(exchange, { symbol, clientId, orderId }) {
  const { findByClientId, findById } = described(exchange.id);
  try {
    const order = orderId !== undefined && exchange.has.fetchOrder && findById !== false ? await exchange.fetchOrder(orderId, symbol)
      : findByClientId ? await byClientId(exchange, findByClientId, { symbol, clientId })
      : await among(exchange, { symbol, clientId });
    if (order && !order.id) throw new errors.BadResponse(`${exchange.id} answered without an order id`);
    if (order?.clientOrderId && clientId
      && order.clientOrderId !== clientId) throw new errors.BadResponse(`${exchange.id} answered with another order`);
    return order;
  } catch (error) {
    if (error instanceof errors.OrderNotFound) return undefined;
    throw error;
  }
}

// Some tell one order; others are asked for lists with the one order in them, one list after the other.
async function byClientId(exchange, { in: methods, as }, { symbol, clientId }) {
  for (const method of methods) {
    if (method === 'fetchOrder') return exchange.fetchOrder('', symbol, { [as]: clientId });
    const orders = await exchange[method](symbol, undefined, undefined, { [as]: clientId });
    const found = orders.find((order) => order.clientOrderId === clientId);
    if (found) return found;
  }

  return undefined;
}

const A_DAY = 24 * 3600_000;

async function among(exchange, { symbol, clientId }) {
  const mine = (orders) => orders.find((order) => order.clientOrderId === clientId);
  try {
    return mine(await listRecent(exchange, symbol, Date.now() - A_DAY));
  } catch (error) {
    const found = mine(error.rows ?? []);
    if (found) return found;
    throw error;
  }
}

export async function openOrders(exchange, { symbol }) {
  const { open, openIsWhole } = described(exchange.id).pages;
  if (!symbol && !openIsWhole) throw unsupported(`${exchange.id} does not list the open orders of all symbols in one answer.`);
  const orders = await exchange.fetchOpenOrders(symbol, undefined, open);
  return { orders: orders.map((order) => orderView(exchange, order)) };
}

export async function recentOrders(exchange, { symbol, since }) {
  return { orders: (await listRecent(exchange, symbol, since)).map((order) => orderView(exchange, order)) };
}

// Open orders and all orders come from different places of an exchange, and may lag differently: both are asked.
async function listRecent(exchange, symbol, since) {
  const { has } = exchange;
  if (has.fetchOrders !== true && (!has.fetchOpenOrders
    || !has.fetchClosedOrders)) throw unsupported(`${exchange.id} does not list its orders through CCXT.`);
  const methods = (has.fetchOrders === true ? ['fetchOrders'] : ['fetchClosedOrders', 'fetchCanceledOrders'])
    .filter((method) => has[method] === true);
  const lists = methods.map((method) => () => pages(exchange, method, symbol, since));
  if (has.fetchOpenOrders) lists.unshift(() => wholeOpen(exchange, symbol));
  const rows = new Map();
  let unread;
  for (const list of lists) {
    const read = await list().catch((error) => {
      if (!error.rows) throw error;
      unread ??= error;
      return error.rows;
    });
    for (const order of read) if ((order.timestamp ?? since) >= since) rows.set(order.id, order);
  }

  if (unread) throw Object.assign(unread, { rows: [...rows.values()] });
  return [...rows.values()];
}

export async function trades(exchange, { symbol, since }) {
  return { trades: (await listTrades(exchange, symbol, since)).map((trade) => tradeView(exchange, trade)) };
}

const listTrades = (exchange, symbol, since) => pages(exchange, 'fetchMyTrades', symbol, since);

// The order names its trades, and they are asked for by their names: two questions, however much the account traded since. CCXT asks for
// twenty at once, and for none after a full twenty, which is an error there.
const NAMES_AT_ONCE = 19;

async function tradesByName(exchange, symbol, id) {
  const names = ((await exchange.fetchOrder(id, symbol)).trades ?? []).map((trade) => trade.id);
  const found = [];
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const trades = names.slice(at, at + NAMES_AT_ONCE);
    found.push(...await exchange.fetchOrderTrades(id, symbol, undefined, undefined, { trades }));
  }

  return found.sort((a, b) => a.timestamp - b.timestamp);
}

export async function tradesOf(exchange, { symbol, clientId, orderId, since }) {
  const id = orderId ?? (await lookUp(exchange, { symbol, clientId }))?.id;
  if (id === undefined) return { trades: [] };
  const direct = exchange.has.fetchOrderTrades === true && described(exchange.id).tradesOfOrder !== false;
  const all = () => asFarAsRead(listTrades(exchange, symbol, since));
  if (described(exchange.id).tradesNamedByOrder) {
    return { trades: (await tradesByName(exchange, symbol, id)).map((trade) => tradeView(exchange, trade)) };
  }

  let found = direct ? await exchange.fetchOrderTrades(id, symbol) : await all();

  // One answer may be full; the list of all trades is read to its end.
  if (direct && found.length >= Math.min(described(exchange.id).pages.limit ?? 50, 100)) {
    found = [...new Map([...found, ...await all()].map((trade) => [trade.id, trade])).values()];
  }

  return { trades: found.filter((trade) => trade.order === id).sort((a, b) => a.timestamp - b.timestamp)
    .map((trade) => tradeView(exchange, trade)) };
}
