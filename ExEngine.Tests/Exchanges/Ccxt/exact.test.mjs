// Numbers as texts, and the last look at an order before it is sent.

import assert from 'node:assert';
import { test } from 'node:test';
import { Call } from '../../../ExEngine.Core/obj/gateway/call.mjs';
import { checkNumbers, plain, toBase, toUnits } from '../../../ExEngine.Core/obj/gateway/exact.mjs';

const ID = '5e123456789012345678901234567890';

function call(...numbers) {
  const made = new Call({ kind: 'place', clientId: ID });
  made.numbers = numbers;
  return made;
}

test('one number has one plain form', () => {
  const forms = { '1.50': '1.5', '15e-1': '1.5', '0.000000000000000001': '0.000000000000000001', '1e-18': '0.000000000000000001',
    '1E+3': '1000', '1000.0': '1000', '0': '0', '007': '7', '12.34e1': '123.4' };
  for (const [text, expected] of Object.entries(forms)) assert.strictEqual(plain(text), expected, text);
});

test('an order that says its numbers passes, in a query, a form or JSON', () => {
  checkNumbers(call('0.10', '12345.678901234567890123'), `https://x/order?quantity=0.1&price=12345.678901234567890123&id=${ID}`, undefined);
  checkNumbers(call('0.000000000000000001'), 'https://x/order', `quantity=0.000000000000000001&newClientOrderId=${ID}`);
  checkNumbers(call('1.5'), 'https://x/order', JSON.stringify({ sz: '1.50', clOrdId: ID }));
  checkNumbers(call('1.5'), 'https://x/order', JSON.stringify({ size: 1.5, clOrdId: ID }));
});

test('an order whose number was rounded is stopped', () => {
  for (const sent of ['12345.678901234568', '12345.67', '12345.6789012345678901234']) {
    assert.throws(() => checkNumbers(call('12345.678901234567890123'), 'https://x/order', `price=${sent}&id=${ID}`), /exactly/);
  }
});

test('digits of ids and signatures are no numbers', () => {
  assert.throws(() => checkNumbers(call('5'), 'https://x/order', `id=${ID}&signature=5e7712ab5`), /exactly/);
});

test('a cost is stopped unless it stands under its own name', () => {
  const buy = Object.assign(call('600.12'), { costAs: 'quoteQty' });
  checkNumbers(buy, 'https://x/order', JSON.stringify({ quoteQty: '600.120', id: ID }));
  checkNumbers(buy, 'https://x/order', JSON.stringify({ order: { quoteQty: 600.12 }, id: ID }));
  checkNumbers(buy, `https://x/order?quoteQty=600.12&id=${ID}`, undefined);
  for (const body of ['quantity=600.12', 'quoteQty=600.1&quantity=600.12', 'myquoteQty=600.12', 'quoteQty=600.12.1&q=600.12']) {
    assert.throws(() => checkNumbers(buy, 'https://x/order', `${body}&id=${ID}`), /as the cost/, body);
  }
});

test('an order without its client id is stopped', () => {
  assert.throws(() => checkNumbers(call('1'), 'https://x/order', 'quantity=1'), /client id/);
});

test('quantities of contracts and of base convert exactly or not at all', () => {
  const market = { contract: true, contractSize: '0.01' };
  assert.strictEqual(toUnits(market, '1.23'), '123');
  assert.strictEqual(toBase(market, '123'), '1.23');
  assert.strictEqual(toUnits({ contract: false }, '1.23'), '1.23');
  assert.throws(() => toUnits({ contract: true, contractSize: '0.3' }, '1'), /contracts/);
});
