// The exchange's clock against ours.

import assert from 'node:assert';
import { test } from 'node:test';
import { driftOf } from '../../../ExEngine.Core/obj/gateway/books.mjs';

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
