// CCXT's orders, trades and balances as the engine reads them: texts, quantities in base.

import { wantsCost } from './costs.mjs';
import { toBase } from './exact.mjs';

const text = (value) => (value === undefined || value === null ? undefined : String(value));

// An order by its cost asks for no quantity: what it got counts, and what CCXT calls its amount may be the cost.
export function orderView(exchange, order, withTrades = false) {
  const market = exchange.markets[order.symbol];
  return {
    id: text(order.id),
    clientId: text(order.clientOrderId),
    symbol: order.symbol,
    status: order.status,
    side: order.side,
    quantity: toBase(market, order.type === 'market' && wantsCost(exchange, market, order.side) ? order.filled : order.amount),
    filledQuantity: toBase(market, order.filled),
    cost: text(order.cost),
    at: order.timestamp,
    trades: withTrades ? tradesIn(exchange, order) : undefined,
  };
}

// Binance's full answer carries the trades. Without their ids they would count twice once they are fetched.
function tradesIn(exchange, order) {
  const trades = order.trades ?? [];
  if (trades.length === 0 || !trades.every((trade) => trade.id)) return undefined;
  return trades.map((trade) => tradeView(exchange,
    { ...trade, order: trade.order ?? order.id, timestamp: trade.timestamp ?? order.timestamp }));
}

export function tradeView(exchange, trade) {
  const fees = (trade.fees?.length ? trade.fees : [trade.fee]).filter((fee) => fee?.cost !== undefined && fee.currency);
  return {
    id: text(trade.id),
    orderId: text(trade.order),
    symbol: trade.symbol,
    side: trade.side,
    price: text(trade.price),
    quantity: toBase(exchange.markets[trade.symbol], trade.amount),
    cost: text(trade.cost),
    fee: text(fees[0]?.cost),
    feeAsset: fees[0]?.currency,
    maker: trade.takerOrMaker === undefined ? undefined : trade.takerOrMaker === 'maker',
    at: trade.timestamp,
  };
}

export const tickerView = (ticker) => ({
  symbol: ticker.symbol,
  last: text(ticker.last),
  bid: text(ticker.bid),
  ask: text(ticker.ask),
  at: ticker.timestamp,
});

export const candleView = ([at, open, high, low, close, volume]) => ({
  at, open: text(open), high: text(high), low: text(low), close: text(close), volume: text(volume),
});

export const balancesView = (balance) => Object.keys(balance.total ?? {})
  .map((asset) => ({ asset, free: text(balance.free[asset]), used: text(balance.used[asset]), total: text(balance.total[asset]) }));
