// A private question: opens the account's instance, asks, and answers with facts from which the engine decides.

import { book } from './books.mjs';
import { Call, NotSent } from './call.mjs';
import { errors } from './ccxt.mjs';
import { described, kindOf } from './descriptions.mjs';
import { Refusal, scrub } from './faults.mjs';
import { LONGEST_WAIT } from './limiter.mjs';
import * as orders from './orders.mjs';
import * as readings from './readings.mjs';

// What settles an order waits in line with the questions for it.
const KINDS = { place: 'place', cancel: 'cancel', find: 'find', tradesOf: 'find', recentOrders: 'find', trades: 'find' };
const PRIVATE = { ...orders, balances: readings.balances, keyRights: readings.keyRights };
const PUBLIC = { ticker: readings.ticker, tickers: readings.tickers, candles: readings.candles };
const GRACE = 5_000;
const handed = new Set();

export const routes = Object.fromEntries([
  ...Object.entries(PRIVATE).map(([name, ask]) =>
    [`POST /${name}`, (question) => asked(name, question, async (shared) => ask(await shared.account(question.keys), question))]),
  ...Object.entries(PUBLIC).map(([name, ask]) =>
    [`POST /${name}`, (question) => asked(name, question, async (shared) => ask(await shared.common(), question))]),
  ['POST /clock', (question) => asked('clock', question, (shared) => shared.drift())],
  ['POST /warm', (question) => asked('warm', question, (shared) => warm(shared, question))],
]);

async function asked(name, question, work) {
  const shared = await book(question);
  const call = new Call({ kind: KINDS[name] ?? 'poll', account: question.keys?.apiKey ?? '', deadline: question.deadline,
    clientId: question.clientId });
  try {
    if (name === 'place') onlyOnce(question.request);
    call.checkDeadline();
    shared.limiter.checkSilence(call);
    return await within(shared.timeout + GRACE, call, () => call.run(() => work(shared)));
  } catch (error) {
    if (error instanceof Refusal && !(error instanceof NotSent)) throw error;
    // Measured again, so that the next one is in time.
    const isLate = kindOf(shared.id, call.code) === 'clock' || error instanceof errors.InvalidNonce;
    if (isLate) await shared.drift().catch(() => undefined);
    return { fault: faultOf(error, call) };
  }
}

// An HTTP client may send a request again when its connection closes; an order must not notice.
function onlyOnce(request) {
  if (handed.has(request)) throw new NotSent('repeated', 'This request came twice.');
  handed.add(request);
  if (handed.size > 10_000) handed.delete(handed.values().next().value);
}

/** A body that never ends must not hold the caller. Waiting in line does not count. */
function within(milliseconds, call, work) {
  let timer;
  const limit = Math.min(LONGEST_WAIT, call.deadline === undefined ? Infinity : Math.max(0, call.deadline - Date.now())) + milliseconds;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new errors.RequestTimeout(`No whole answer within ${limit} ms`)), limit);
  });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer));
}

const faultOf = (error, call) => ({
  error: error instanceof NotSent ? error.reason : error?.constructor?.name ?? 'Error',
  local: error instanceof NotSent && !call.sent,
  code: call.code,
  status: call.status,
  sent: call.sent,
  retryAfter: error?.retryAfter ?? call.retryAfter,
  ofAccount: error?.ofAccount ?? call.ofAccount,
  message: scrub(call.text ?? error?.message ?? error),
});

/** Loads the rules, opens a connection, and learns what an account's first order would otherwise wait for. */
async function warm(shared, { keys }) {
  const exchange = await shared.account(keys);
  const { warm: method } = described(exchange.id);
  await Promise.all([shared.drift().catch(() => undefined), method && exchange[method]()]);
  return {};
}
