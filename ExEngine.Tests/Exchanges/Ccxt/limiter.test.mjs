// The gateway's line for one exchange, with a clock of its own.

import assert from 'node:assert';
import { mock, test } from 'node:test';
import { Call, NotSent } from '../../../ExEngine.Core/obj/gateway/call.mjs';
import { Limiter } from '../../../ExEngine.Core/obj/gateway/limiter.mjs';

// 10 units of weight in a second.
function line() {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const limiter = new Limiter(100, () => Date.now());
  const sent = [];
  const refused = [];
  const ask = (name, kind, { account = 'a', cost = 1, deadline } = {}) =>
    limiter.take(new Call({ kind, account, deadline }), cost).then(() => sent.push(name), (error) => refused.push([name, error]));
  const pass = async (milliseconds) => {
    for (let i = 0; i < milliseconds; i += 10) {
      mock.timers.tick(10);
      await new Promise(setImmediate);
    }
  };
  return { limiter, sent, refused, ask, pass };
}

test('a burst of orders goes at once, what is beyond it at the exchange\'s pace', async () => {
  const { sent, ask, pass } = line();
  for (let i = 0; i < 30; i++) ask(i, 'place');
  await pass(10);
  assert.strictEqual(sent.length, 21);
  await pass(500);
  assert.strictEqual(sent.length, 26);
});

test('cancels go before orders, orders before look-ups, look-ups before the rest', async () => {
  const { sent, ask, pass } = line();
  ask('spent', 'cancel', { cost: 30 });
  for (const kind of ['poll', 'find', 'place', 'cancel']) ask(kind, kind);
  await pass(10);
  assert.deepStrictEqual(sent, ['spent', 'cancel']);
  await pass(4_000);
  assert.deepStrictEqual(sent, ['spent', 'cancel', 'place', 'find', 'poll']);
});

test('however many polls wait, look-ups that never end get three quarters of the pace', async () => {
  const { sent, ask, pass } = line();
  for (let i = 0; i < 30; i++) ask('find', 'find');
  for (let i = 0; i < 100; i++) {
    ask('poll', 'poll', { account: `p${i % 5}` });
    for (let j = 0; j < 2; j++) ask('find', 'find');
    await pass(200);
  }
  const polls = sent.filter((name) => name === 'poll').length;
  assert.ok(polls >= 30 && polls <= 55, `${polls} polls of ${sent.length}`);
});

test('a poll that waited long goes between look-ups that never end', async () => {
  const { sent, ask, pass } = line();
  const looking = async (seconds) => {
    for (let i = 0; i < seconds * 2; i++) {
      for (let j = 0; j < 6; j++) ask('find', 'find');
      await pass(500);
    }
  };
  for (let i = 0; i < 30; i++) ask('find', 'find');
  ask('poll', 'poll');
  await looking(2.5);
  assert.ok(!sent.includes('poll'));
  await looking(1);
  assert.ok(sent.includes('poll'));
});

test('polls that used up everything do not hold up an order', async () => {
  const { sent, ask, pass } = line();
  for (let i = 0; i < 50; i++) ask('poll', 'poll');
  await pass(10);
  ask('order', 'place');
  await pass(10);
  assert.strictEqual(sent.at(-1), 'order');
});

test('an account that asks much does not hold up another', async () => {
  const { sent, ask, pass } = line();
  for (let i = 0; i < 50; i++) ask('much', 'poll', { account: 'much' });
  await pass(10);
  ask('little', 'poll', { account: 'little' });
  const before = sent.length;
  await pass(300);
  assert.ok(sent.slice(before, before + 2).includes('little'), sent.join());
});

test('silence turns down what waits and what comes, until it is over', async () => {
  const { limiter, sent, refused, ask, pass } = line();
  ask('spent', 'cancel', { cost: 30 });
  ask('waits', 'place');
  await pass(10);
  limiter.silence(2_000);
  await pass(10);
  assert.deepStrictEqual(refused.map(([name, error]) => [name, error.reason]), [['waits', 'silence']]);
  assert.throws(() => limiter.checkSilence(new Call({ kind: 'cancel', account: 'b' })), (error) => error instanceof NotSent
    && error.retryAfter > 1_900);
  await pass(3_000);
  ask('after', 'cancel');
  await pass(10);
  assert.deepStrictEqual(sent, ['spent', 'after']);
});

test('silence of one account leaves the others alone', async () => {
  const { limiter, ask, sent, pass } = line();
  limiter.silence(2_000, 'a');
  assert.throws(() => limiter.checkSilence(new Call({ kind: 'place', account: 'a' })), NotSent);
  ask('other', 'place', { account: 'b' });
  await pass(10);
  assert.deepStrictEqual(sent, ['other']);
});

test('an order whose deadline passes in line is never sent', async () => {
  const { refused, sent, ask, pass } = line();
  ask('spent', 'cancel', { cost: 60 });
  ask('order', 'place', { deadline: 1_000_000 + 1_000 });
  await pass(8_000);
  assert.deepStrictEqual(sent, ['spent']);
  assert.strictEqual(refused[0][1].reason, 'deadline');
});

test('what waits too long is told when to come again', async () => {
  const { refused, ask, pass } = line();
  ask('spent', 'cancel', { cost: 400 });
  ask('poll', 'poll');
  await pass(11_000);
  assert.strictEqual(refused[0][1].reason, 'rateLimit');
  assert.ok(refused[0][1].retryAfter > 0);
});
