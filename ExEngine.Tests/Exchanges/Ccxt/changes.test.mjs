// The loop over a stream, with a stream of the test's own.

import assert from 'node:assert';
import { test } from 'node:test';
import { watch } from '../../../ExEngine.Core/obj/gateway/changes.mjs';

const stream = (...answers) => ({
  watchOrders: async () => {
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next ?? new Promise(() => undefined);
  },
});

test('each symbol of an answer is told once', async () => {
  const told = [];
  const orders = [[{ symbol: 'BTC/USDT' }, { symbol: 'BTC/USDT' }, { symbol: 'ETH/USDT' }], [{}]];
  await assert.rejects(watch(stream(...orders, new Error('closed')), (symbol) => told.push(symbol), new Promise(() => undefined)),
    /closed/);
  assert.deepStrictEqual(told, ['BTC/USDT', 'ETH/USDT', '']);
});

test('a reader who leaves ends it', async () => {
  let leave;
  const watching = watch(stream(), () => assert.fail(), new Promise((resolve) => (leave = resolve)));
  leave();
  await watching;
});

test('whatever a stream says at its beginning is a hint to look everywhere: CCXT may have dropped what came with it', async () => {
  const [told, handled] = [[], []];
  let leave;
  const exchange = { ...stream(), handleMessage: (...message) => handled.push(message) };
  const watching = watch(exchange, (symbol) => told.push(symbol), new Promise((resolve) => (leave = resolve)));
  exchange.handleMessage('client', { id: 1, status: 200 });
  assert.deepStrictEqual(told, ['']);
  assert.deepStrictEqual(handled, [['client', { id: 1, status: 200 }]]);
  leave();
  await watching;
});
