// What we say of exchanges, held against what CCXT says of them.

import assert from 'node:assert';
import { test } from 'node:test';
import ccxt from '../../../ExEngine.Core/obj/gateway/node_modules/ccxt/js/ccxt.js';
import { retryAfterOf } from '../../../ExEngine.Core/obj/gateway/answers.mjs';
import { classOf, errors, knows, streamClassOf } from '../../../ExEngine.Core/obj/gateway/ccxt.mjs';
import { buysByCost, costStep, lighterCost } from '../../../ExEngine.Core/obj/gateway/costs.mjs';
import { all, described, kindOf } from '../../../ExEngine.Core/obj/gateway/descriptions.mjs';
import stated from '../../../ExEngine.Core/obj/gateway/exchanges.json' with { type: 'json' };

const exchanges = Object.entries(all());
const open = (id) => new ccxt[id]();

test('every exchange that is described is one of CCXT', () => {
  for (const [id] of exchanges) assert.ok(ccxt.exchanges.includes(id), id);
});

test('the parts of CCXT are those of the whole, one by one', async () => {
  for (const id of ccxt.exchanges) {
    assert.ok(knows(id), id);
    assert.strictEqual(await classOf(id), ccxt[id], id);
    assert.strictEqual(await streamClassOf(id), ccxt.pro[id], id);
  }

  assert.ok(!knows('nowhere') && !knows('../base/Exchange'));
  assert.strictEqual(errors.NotSupported, ccxt.NotSupported);
});

test('what is like another is a kind of it in CCXT too', () => {
  for (const [id, { like }] of Object.entries(stated.described)) {
    if (like) assert.ok(open(id) instanceof ccxt[like], `${id} like ${like}`);
  }
});

test('methods that are named are methods of CCXT', () => {
  for (const [id, { findByClientId, warm }] of exchanges) {
    for (const method of [...findByClientId?.in ?? [], warm ?? 'fetchBalance']) {
      assert.strictEqual(typeof open(id)[method], 'function', `${id} ${method}`);
    }
  }
});

test('a request is lighter only than CCXT counts it, and only with what it must name', () => {
  for (const [id, { lighterCosts = [] }] of exchanges) {
    for (const { path, with: name, cost } of lighterCosts) {
      const exchange = open(id);
      const kind = exchange.api.private.get[path] ? 'private' : 'public';
      const counted = exchange.calculateRateLimiterCost(kind, 'GET', path, { [name]: '1' }, exchange.api[kind].get[path]);
      assert.ok(cost < counted, `${id} ${path} ${counted}`);
      assert.strictEqual(lighterCost(id, path, { [name]: '1' }), cost);
      assert.strictEqual(lighterCost(id, path, {}), undefined);
    }
  }

  assert.strictEqual(lighterCost('binance', 'myTrades', { symbol: 'A', orderId: '1' }), 1);
  assert.strictEqual(lighterCost('binance', 'ticker/24hr', { symbols: '["AB"]' }), 0.4);
  assert.strictEqual(lighterCost('binanceus', 'myTrades', { orderId: '1' }), undefined);
});

test('a stop rests only where CCXT knows stops', () => {
  for (const [id, { stops }] of exchanges) {
    if (stops) assert.strictEqual(open(id).features.spot.createOrder.stopLossPrice, true, id);
  }
});

test('market buys by quantity are said only where CCXT says the contrary', () => {
  for (const [id, { marketBuysByQuantity }] of exchanges) {
    if (marketBuysByQuantity) assert.strictEqual(open(id).features.spot.createOrder.marketBuyRequiresPrice, true, id);
  }
});

test('a name for costs is said only where buys are by cost', () => {
  for (const [id, { costAs, classicCostBuys }] of exchanges) {
    if (costAs) assert.ok(classicCostBuys || buysByCost(open(id)), id);
  }
});

test('the step of costs is what CCXT cuts a cost to, or what it says that the exchange wants', () => {
  const market = (id, precision) => {
    const exchange = open(id);
    exchange.number = String;
    exchange.setMarkets([exchange.safeMarketStructure({ id: 'A', symbol: 'A/B', base: 'A', quote: 'B', type: 'spot', spot: true, precision,
      limits: {}, info: {} })]);
    return exchange;
  };
  for (const id of ['bitget', 'coinbase', 'coinex', 'upbit', 'xt', 'poloniex']) {
    for (const precision of [{ amount: '0.0001', price: '0.01' }, { amount: '1', price: '0.000001', cost: '0.001' }]) {
      const exchange = market(id, precision);
      const step = costStep(exchange, exchange.market('A/B').precision);
      assert.strictEqual(exchange.costToPrecision('A/B', '12.3456789'),
        ccxt.decimalToPrecision('12.3456789', ccxt.TRUNCATE, step, exchange.precisionMode), id);
    }
  }

  assert.strictEqual(costStep(open('htx'), { amount: '0.0001', price: '0.01', cost: '0.00000001' }), '0.0001');
  assert.strictEqual(costStep(open('xt'), { price: '0.0000000001', quote: '0.00000001' }), '0.00000001');
});

test('an answer is no longer than CCXT says an answer may be', () => {
  for (const [id, { pages: { limit, open: most } = {} }] of exchanges) {
    const { fetchClosedOrders, fetchMyTrades, fetchOpenOrders } = open(id).features?.spot ?? {};
    for (const says of [fetchClosedOrders?.limit, fetchMyTrades?.limit]) assert.ok(!(limit > says), `${id}: ${limit} > ${says}`);
    assert.ok(!(most > fetchOpenOrders?.limit), id);
  }
});

test('a code means one thing', () => {
  for (const [id, { codes = {} }] of exchanges) {
    const listed = Object.values(codes).flat();
    assert.deepStrictEqual(listed.filter((code, i) => listed.indexOf(code) !== i), [], id);
  }
});

test('codes: the family, what differs from it, and beginnings', () => {
  assert.strictEqual(kindOf('binanceus', '-1015'), 'accountLimited');
  assert.strictEqual(kindOf('binance', '-2026'), 'orderUnknown');
  assert.strictEqual(kindOf('binanceusdm', '-2026'), 'rule');
  assert.strictEqual(kindOf('binance', '-1121'), 'rule');
  assert.strictEqual(kindOf('kraken', 'EGeneral:Invalid arguments:volume'), 'rule');
  assert.strictEqual(kindOf('kraken', 'EGeneral:Unheard of'), undefined);
  assert.strictEqual(kindOf('mexc', '10006'), undefined);
  assert.strictEqual(kindOf('binance', undefined), undefined);
});

test('silence: of an account, of all, as long as the exchange says', () => {
  assert.deepStrictEqual(retryAfterOf('binanceus', 400, '-1015'), { milliseconds: 1000, ofAccount: true });
  assert.deepStrictEqual(retryAfterOf('mexc', 429, undefined), { milliseconds: 5000, ofAccount: false });
  assert.deepStrictEqual(retryAfterOf('kucoin', 429, '429000', { 'GW-RateLimit-Reset': '250' }), { milliseconds: 250, ofAccount: true });
  assert.strictEqual(retryAfterOf('okx', 400, '51008'), undefined);
  const { milliseconds } = retryAfterOf('bybit', 200, '10006', { 'X-Bapi-Limit-Reset-Timestamp': String(Date.now() + 700) });
  assert.ok(milliseconds > 500 && milliseconds <= 700, milliseconds);
});

test('null takes away what the family says', () => {
  assert.strictEqual(described('binance').keyRights, 'apiRestrictions');
  assert.strictEqual(described('binanceus').keyRights, undefined);
});
