// Lists from which somebody concludes that an order does not exist: read to their end, or an error. Kraken is CCXT's own, before a
// listener that pages as Kraken does: fifty rows of all pairs in one answer, newest first.

import assert from 'node:assert';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import ccxt from '../../../ExEngine.Core/obj/gateway/node_modules/ccxt/js/ccxt.js';
import { Call } from '../../../ExEngine.Core/obj/gateway/call.mjs';
import { Limiter } from '../../../ExEngine.Core/obj/gateway/limiter.mjs';
import { find, recentOrders, trades, tradesOf } from '../../../ExEngine.Core/obj/gateway/orders.mjs';
import { wire } from '../../../ExEngine.Core/obj/gateway/wire.mjs';

const [OURS, OTHER] = ['0123456789abcdef0123456789abcdef', 'f'.repeat(32)];
const NOW = Math.floor(Date.now() / 1000);
const SINCE = (NOW - 3600) * 1000;
let [closed, history] = [[], []];
const asked = [];

const page = (rows, ofs) => Object.fromEntries(rows.slice(ofs, ofs + 50).map((row) => [row.id, row]));
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const sent = new URLSearchParams(body);
  const ofs = Number(sent.get('ofs') ?? 0);
  const named = sent.get('txid')?.split(',') ?? [];
  asked.push(request.url);
  const result = request.url.endsWith('/ClosedOrders') ? { closed: page(closed, ofs), count: closed.length }
    : request.url.endsWith('/TradesHistory') ? { trades: page(history, ofs), count: history.length }
    : request.url.endsWith('/QueryOrders') ? Object.fromEntries(named.map((id) => [id, { ...order(0, 'ABCUSD', OURS), trades: history
      .filter((row) => row.ordertxid === id).map((row) => row.id) }]))
    : request.url.endsWith('/QueryTrades') ? Object.fromEntries(history.filter((row) => named.includes(row.id)).map((row) => [row.id, row]))
    : { open: {} };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ error: [], result }));
});

before(() => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(() => server.closeAllConnections() ?? server.close());

async function kraken() {
  const exchange = new ccxt.kraken({ apiKey: 'a'.repeat(32), secret: Buffer.from('s'.repeat(32)).toString('base64') });
  await wire(exchange, { baseUrl: `http://127.0.0.1:${server.address().port}`, limiter: new Limiter(1) });
  exchange.setMarkets(['ABC', 'XYZ'].map((base) => exchange.safeMarketStructure({
    id: `${base}USD`, symbol: `${base}/USD`, base, quote: 'USD', baseId: base, quoteId: 'USD', type: 'spot', spot: true, margin: false,
      swap: false,
    future: false, option: false, contract: false, active: true, precision: { amount: '1e-8', price: '1e-2' }, limits: {},
      info: { altname: `${base}USD` },
  })));
  exchange.marketsLoading = Promise.resolve(exchange.markets);
  return exchange;
}

const order = (i, pair, clientId) => ({
  id: `O${i}`, cl_ord_id: clientId, status: 'closed', opentm: NOW - i, closetm: NOW - i, vol: '1', vol_exec: '1', cost: '2', fee: '0',
    price: '2',
  descr: { pair, type: 'buy', ordertype: 'limit', price: '2' }, oflags: 'fciq', misc: '',
});
const trade = (i, pair, ordertxid) => ({
  id: `T${i}`, ordertxid, pair, time: NOW - i, type: 'buy', ordertype: 'limit', price: '2', cost: '2', fee: '0', vol: '1', margin: '0',
    misc: '',
});
const ask = (work) => new Call({ kind: 'poll', account: 'a' }).run(work);

test('kraken: an order behind pages of other pairs is in the list', async () => {
  closed = [...Array.from({ length: 120 }, (_, i) => order(i, 'XYZUSD', OTHER)), order(120, 'ABCUSD', OURS)];
  const { orders } = await ask(async () => recentOrders(await kraken(), { symbol: 'ABC/USD', since: SINCE }));
  assert.deepStrictEqual(orders.map(({ clientId }) => clientId), [OURS]);
});

test('kraken: a trade behind pages of other pairs is in the list, and in that of its order', async () => {
  history = [...Array.from({ length: 99 }, (_, i) => trade(i, 'XYZUSD', 'O1')), trade(99, 'ABCUSD', 'O7'), trade(100, 'ABCUSD', 'O7')];
  const all = await ask(async () => trades(await kraken(), { symbol: 'ABC/USD', since: SINCE }));
  const ofOrder = await ask(async () => tradesOf(await kraken(), { symbol: 'ABC/USD', orderId: 'O7', since: SINCE }));
  assert.deepStrictEqual(all.trades.map(({ id }) => id), ['T100', 'T99']);
  assert.deepStrictEqual(ofOrder.trades.map(({ id }) => id), ['T100', 'T99']);
});

test('kraken: the trades of an order are two questions, whatever else was traded', async () => {
  history = [...Array.from({ length: 3_000 }, (_, i) => trade(i, 'XYZUSD', 'O1')), trade(3_000, 'ABCUSD', 'O7')];
  asked.length = 0;
  const { trades: found } = await ask(async () => tradesOf(await kraken(), { symbol: 'ABC/USD', orderId: 'O7', since: SINCE }));
  assert.deepStrictEqual([found.map(({ id }) => id), asked.length], [['T3000'], 2]);
});

test('kraken: an order with twenty trades and one without any', async () => {
  history = Array.from({ length: 20 }, (_, i) => trade(i, 'ABCUSD', 'O7'));
  const of = async (orderId) => (await ask(async () => tradesOf(await kraken(), { symbol: 'ABC/USD', orderId, since: SINCE }))).trades;
  assert.deepStrictEqual([(await of('O7')).length, (await of('O8')).length], [20, 0]);
});

test('kraken: a short list is one question', async () => {
  history = [trade(1, 'ABCUSD', 'O7')];
  asked.length = 0;
  await ask(async () => trades(await kraken(), { symbol: 'ABC/USD', since: SINCE }));
  assert.strictEqual(asked.length, 1);
});

test('kraken: a list without end is an error', async () => {
  history = Array.from({ length: 3_000 }, (_, i) => trade(i, 'XYZUSD', 'O1'));
  await assert.rejects(ask(async () => trades(await kraken(), { symbol: 'ABC/USD', since: SINCE })), { reason: 'tooLong' });
});

const row = (i, clientOrderId) =>
  ({ id: `O${i}`, symbol: 'ABC/USD', clientOrderId, timestamp: NOW * 1000 - i, status: 'closed', amount: '1', filled: '1', side: 'buy',
  type: 'limit' });

function another(id, { open = [], ended = [], fills = [], ofOrder }) {
  return {
    id, has: { fetchOpenOrders: true, fetchClosedOrders: true, fetchOrderTrades: ofOrder !== undefined },
    fetchOpenOrders: async () => open, fetchClosedOrders: async () => ended, fetchMyTrades: async () => fills, fetchOrderTrades: async () =>
      ofOrder,
    markets: { 'ABC/USD': { spot: true } },
  };
}

test('an exchange whose answers have no known length: its lists prove nothing', async () => {
  for (const ended of [[], [row(1, OTHER)]]) {
    await assert.rejects(recentOrders(another('mexc', { ended }), { symbol: 'ABC/USD', since: SINCE }), { reason: 'notSupported' });
    await assert.rejects(find(another('mexc', { ended }), { symbol: 'ABC/USD', clientId: OURS }), { reason: 'notSupported' });
  }

  await assert.rejects(trades(another('mexc', {}), { symbol: 'ABC/USD', since: SINCE }), { reason: 'notSupported' });
});

test('an exchange whose answers have no known length: what is there is found', async () => {
  const { order: ended } = await find(another('mexc', { ended: [row(1, OTHER), row(2, OURS)] }), { symbol: 'ABC/USD', clientId: OURS });
  const { order: open } = await find(another('mexc', { open: [row(1, OURS)], ended: [row(2, OTHER)] }),
    { symbol: 'ABC/USD', clientId: OURS });
  assert.deepStrictEqual([ended.clientId, open.clientId], [OURS, OURS]);

  const fills = [1, 2].map((i) =>
    ({ id: `T${i}`, order: 'O7', symbol: 'ABC/USD', timestamp: NOW * 1000 + i, price: '2', amount: '1', cost: '2' }));
  const told = await tradesOf(another('mexc', { fills }), { symbol: 'ABC/USD', orderId: 'O7', since: SINCE });
  assert.deepStrictEqual(told.trades.map(({ id }) => id), ['T1', 'T2']);
});

test('okx: a full answer of open orders is no whole list', async () => {
  const open = Array.from({ length: 100 }, (_, i) => row(i, OTHER));
  await assert.rejects(recentOrders(another('okx', { open }), { symbol: 'ABC/USD', since: SINCE }), { reason: 'tooLong' });
  assert.strictEqual((await recentOrders(another('okx', { open: open.slice(1) }), { symbol: 'ABC/USD', since: SINCE })).orders.length, 99);
});
