// The exchange's clock against ours, and where its test network is.

import assert from 'node:assert';
import { test } from 'node:test';
import { book, driftOf } from '../../../ExEngine.Core/obj/gateway/books.mjs';

test('a clock that is right stays right, however long an answer took', () => {
  assert.equal(driftOf(0, 10_000, { askedAt: 10_000, answeredAt: 10_001 }), 0);
  assert.equal(driftOf(0, 13_000, { askedAt: 10_000, answeredAt: 13_000 }), 0);
  assert.equal(driftOf(0, 10_000, { askedAt: 10_000, answeredAt: 13_000 }), 0);
});

test('a clock that is wrong is put right, to within half of the time that the answer took', () => {
  assert.equal(driftOf(0, 40_000, { askedAt: 10_000, answeredAt: 10_100 }), 29_950);
  assert.equal(driftOf(1_500, 10_020, { askedAt: 10_000, answeredAt: 10_040 }), 0);
  assert.equal(driftOf(29_950, 39_000, { askedAt: 10_000, answeredAt: 10_100 }), 28_950);
});

test('a test network is where CCXT says, or nothing is asked at all', async () => {
  const network = await (await book({ exchange: 'binance', sandbox: true })).open();
  assert.deepStrictEqual(network.urls.api, network.urls.test);
  assert.match(network.urls.api.private, /testnet|demo/);
  assert.doesNotMatch((await (await book({ exchange: 'binance' })).open()).urls.api.private, /testnet|demo/);
  await assert.rejects((await book({ exchange: 'kraken', sandbox: true })).open(), { reason: 'notSupported' });
});
