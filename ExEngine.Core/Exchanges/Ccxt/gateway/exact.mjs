// Numbers stay texts. Here they are compared, and multiplied by a contract's size.

import { NotSent } from './call.mjs';
import { Precise } from './ccxt.mjs';

// A whole one: a client id or a signature has digits too, and some look like 12e345678.
const NUMBER = /(?<![\w.])\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?(?![\w.])/g;

/** `1.50` and `15e-1` are the same number. */
export function plain(text) {
  const [, digits, fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d{1,2}))?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const point = digits.length + Number(exponent);
  const all = (digits + fraction).padStart(digits.length + fraction.length + Math.max(0, -point), '0');
  const at = Math.max(point, 0);
  const padded = all.padEnd(at, '0');
  const whole = padded.slice(0, at).replace(/^0+/, '') || '0';
  const rest = padded.slice(at).replace(/0+$/, '');
  return rest ? `${whole}.${rest}` : whole;
}

/**
 * The last look at an order before it is sent: its numbers are in the request, digit for digit, and so is its client id.
 * Some of CCXT's exchanges round through doubles, and some drop client ids; there nothing is sent.
 */
export function checkNumbers(call, url, body) {
  if (call.kind !== 'place') return;
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  const text = decodeURIComponent(`${query} ${typeof body === 'string' ? body : ''}`.replace(/\+/g, ' ')
    .replace(/%(?![0-9a-f]{2})/gi, '%25'));
  const found = new Set((text.match(NUMBER) ?? []).map(plain));
  const lost = call.numbers.find((number) => !found.has(plain(number)));
  if (lost !== undefined) throw new NotSent('notExact', `CCXT would not send ${lost} exactly to this exchange.`);
  if (call.costAs && !says(text, call.costAs, call.numbers[0])) throw new NotSent('notExact',
    `CCXT would not send ${call.numbers[0]} as the cost of the order to this exchange.`);
  if (!text.includes(call.clientId)) throw new NotSent('noClientId', 'CCXT does not send the client id to this exchange.');
}

// In a query, a form or JSON: a number has a meaning by its name only, and a cost that is sent as a quantity buys something else.
const says = (text, name, number) => [...text.matchAll(new RegExp(`(?<![\\w-])${name}"?\\s*[:=]\\s*"?([\\d.]+)(?![\\w.])`, 'g'))]
  .some(([, sent]) => plain(sent) === plain(number));

const sizeOf = (market) => (market?.contract ? String(market.contractSize ?? '1') : '1');

/** Base to the exchange's unit, which is contracts for derivatives. */
export function toUnits(market, quantity) {
  const size = sizeOf(market);
  if (quantity === undefined || plain(size) === '1') return quantity;
  const units = Precise.stringDiv(quantity, size, 30);
  if (!Precise.stringEq(Precise.stringMul(units, size), quantity)) throw new NotSent('notExact',
    `${quantity} is not a whole share of contracts of ${size}.`);
  return units;
}

/** The exchange's unit to base. */
export function toBase(market, units) {
  if (units === undefined || units === null) return undefined;
  const size = sizeOf(market);
  return plain(size) === '1' ? String(units) : Precise.stringMul(String(units), size);
}
