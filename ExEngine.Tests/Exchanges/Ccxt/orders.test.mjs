// What CCXT sends to exchanges that no test double speaks for: a listener takes each order's request down and answers nothing
// useful. Orders must carry their numbers digit for digit and their client id, or not go out.

import assert from 'node:assert';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import ccxt from '../../../ExEngine.Core/obj/gateway/node_modules/ccxt/js/ccxt.js';
import { Call } from '../../../ExEngine.Core/obj/gateway/call.mjs';
import { Limiter } from '../../../ExEngine.Core/obj/gateway/limiter.mjs';
import { place } from '../../../ExEngine.Core/obj/gateway/orders.mjs';
import { all } from '../../../ExEngine.Core/obj/gateway/descriptions.mjs';
import { wire } from '../../../ExEngine.Core/obj/gateway/wire.mjs';

const ID = '0123456789abcdef0123456789abcdef';
const [QUANTITY, PRICE] = ['1234.000000000000000001', '0.012345678901234567'];
const requests = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  requests.push({ method: request.method, url: request.url, body });
  response.writeHead(502).end();
});

before(() => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(() => server.closeAllConnections() ?? server.close());

async function open(id, options = {}) {
  const keys = { apiKey: 'a'.repeat(32), secret: Buffer.from('s'.repeat(32)).toString('base64'), password: 'p', uid: 'u' };
  const exchange = new ccxt[id]({ ...keys, enableRateLimit: true });
  Object.assign(exchange.options, { unifiedMarginStatus: 5, enableUnifiedAccount: true, enableUnifiedMargin: false, uta: false }, options);
  await wire(exchange, { baseUrl: `http://127.0.0.1:${server.address().port}`, limiter: new Limiter(1) });
  const symbol = 'ABC/USDT';
  const orderTypes = ['LIMIT', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT'];
  exchange.setMarkets([exchange.safeMarketStructure({
    id: 'ABCUSDT', symbol, base: 'ABC', quote: 'USDT', baseId: 'ABC', quoteId: 'USDT', type: 'spot', spot: true, margin: false, swap: false,
      future: false,
    option: false, contract: false, active: true, precision: { amount: '1e-18', price: '1e-18' }, limits: {},
      info: { orderTypes, altname: 'ABCUSDT' },
  })]);
  exchange.marketsLoading = Promise.resolve(exchange.markets);
  return exchange;
}

async function sent(id, order, options) {
  const exchange = await open(id, options);
  requests.length = 0;
  const call = new Call({ kind: 'place', account: 'a', clientId: ID });
  const error = await call.run(() => place(exchange, { symbol: 'ABC/USDT', clientId: ID, side: 'buy', ...order }))
    .then(() => undefined, (failed) => failed);
  return { error, call, writes: requests.filter(({ method }) => method !== 'GET') };
}

for (const id of ['binance', 'bybit', 'okx', 'kucoin', 'kraken', 'mexc', 'bitget', 'htx', 'bingx', 'coinbase']) {
  test(`${id}: a limit order is sent once, exactly and with its client id, or not at all`, async () => {
    const { error, call, writes } = await sent(id, { type: 'limit', quantity: QUANTITY, price: PRICE });
    assert.ok(error);
    if (!call.sent) {
      assert.deepStrictEqual(writes, []);
      assert.ok(['notExact', 'noClientId'].includes(error.reason) || error instanceof ccxt.BaseError, String(error));
      console.log(`${id} is not sent: ${error.reason ?? error.constructor.name}`);
      return;
    }

    assert.strictEqual(writes.length, 1, JSON.stringify(writes));
    const text = decodeURIComponent(writes[0].url + writes[0].body);
    for (const part of [QUANTITY, PRICE, ID]) assert.ok(text.includes(part), `${part} in ${text}`);
  });
}

for (const id of ['binance', 'bybit', 'okx', 'kucoin', 'kraken']) {
  test(`${id}: orders go out`, async () => {
    const orders = [
      { type: 'limit', quantity: QUANTITY, price: PRICE }, { type: 'market', side: 'sell', quantity: QUANTITY },
        { type: 'market', quantity: QUANTITY },
    ];
    for (const order of orders) {
      const { call, error } = await sent(id, order);
      assert.ok(call.sent, `${JSON.stringify(order)}: ${error.message}`);
    }
  });
}

const stopping = Object.entries(all()).filter(([, { stops }]) => stops).map(([id]) => id);

test('the exchanges where stops rest', () =>
  assert.deepStrictEqual(stopping, ['binance', 'binanceus', 'bybit', 'bybiteu', 'bybitid', 'kraken']));

for (const id of stopping) {
  test(`${id}: stop orders go out`, async () => {
    for (const order of [{ type: 'market', stopPrice: PRICE }, { type: 'limit', stopPrice: PRICE, price: '0.02' }]) {
      const { call, error } = await sent(id, { ...order, side: 'sell', quantity: QUANTITY });
      assert.ok(call.sent, `${JSON.stringify(order)}: ${error.message}`);
    }
  });
}

test('okx: a stop order is not sent, because its triggered order would have another id', async () => {
  const { call, error } = await sent('okx', { type: 'market', stopPrice: PRICE, quantity: QUANTITY });
  assert.strictEqual(call.sent, false);
  assert.strictEqual(error.reason, 'notSupported');
});

test('bybit: an account that buys by cost only is not sent a quantity, which it would take for a cost', async () => {
  const classic = { unifiedMarginStatus: 1, enableUnifiedAccount: false };
  const { call, error } = await sent('bybit', { type: 'market', quantity: QUANTITY }, classic);
  assert.strictEqual(call.sent, false);
  assert.ok(error instanceof ccxt.InvalidOrder, String(error));
  const byCost = await sent('bybit', { type: 'market', cost: '50' }, classic);
  assert.ok(byCost.call.sent, byCost.error.message);
});

test('exchanges that buy by cost only: a quantity is refused here, where CCXT says so in any of its places', async () => {
  for (const id of ['gate', 'htx', 'bitget', 'coinbase', 'upbit']) {
    const { call, error } = await sent(id, { type: 'market', quantity: QUANTITY });
    assert.strictEqual(call.sent, false);
    assert.strictEqual(error.reason, 'notSupported', `${id}: ${error}`);
  }
});
