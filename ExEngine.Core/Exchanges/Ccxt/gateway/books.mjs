// Per exchange and address: its rules, loaded once and shared by the instances of all accounts, its limiter and its clock.

import { createHash } from 'node:crypto';
import { Call, NotSent } from './call.mjs';
import { classOf, errors, knows, streamClassOf } from './ccxt.mjs';
import { Refusal } from './faults.mjs';
import { Limiter } from './limiter.mjs';
import { wire } from './wire.mjs';

const MOST_ACCOUNTS = 2_000;
const books = new Map();

/** `sandbox`: the exchange's test network, at the hosts that CCXT knows; `baseUrl`: a host of one's own. */
export async function book({ exchange: id, baseUrl = '', sandbox = false, timeout = 15_000 }) {
  if (!knows(id)) throw new Refusal(404, 'UnknownExchange',
    `CCXT has no exchange with the id ${String(id).slice(0, 64)}.`);
  const key = `${id} ${baseUrl} ${sandbox} ${timeout}`;
  const Exchange = await classOf(id);
  if (!books.has(key)) books.set(key, new Book(Exchange, id, baseUrl, sandbox, timeout));
  return books.get(key);
}

class Book {
  #accounts = new Map();
  #loading;
  #offset = 0; // milliseconds, ours minus the exchange's
  #measuring;

  constructor(Exchange, id, baseUrl, sandbox, timeout) {
    Object.assign(this, { Exchange, id, baseUrl, sandbox, timeout });
    this.limiter = new Limiter(new Exchange().rateLimit);
  }

  /** An instance without rules, and without keys when none are given. */
  async open(keys = {}, Exchange = this.Exchange) {
    const exchange = new Exchange({ timeout: this.timeout, enableRateLimit: true, maxRetriesOnFailure: 0, ...keys });
    if (this.sandbox) {
      if (!exchange.urls.test) throw new NotSent('notSupported', `CCXT knows no test network of ${this.id}.`);
      exchange.setSandboxMode(true);
    }

    Object.assign(exchange.options, {
      recvWindow: 5_000,
      adjustForTimeDifference: false, // the book does that, once for all
      timeDifference: this.#offset,
      warnOnFetchOpenOrdersWithoutSymbol: false,
    });
    await wire(exchange, this);
    return exchange;
  }

  /** The instance of an account, ready to trade. */
  async account({ apiKey, secret, password }) {
    const digest = createHash('sha256').update(JSON.stringify([apiKey, secret, password])).digest('base64');
    const opening = this.#accounts.get(digest) ?? this.#openAccount({ apiKey, secret, password });
    this.#accounts.delete(digest);
    this.#accounts.set(digest, opening); // the last one used is the last one dropped
    if (this.#accounts.size > MOST_ACCOUNTS) this.#accounts.delete(this.#accounts.keys().next().value);
    try {
      return await opening;
    } catch (error) {
      if (this.#accounts.get(digest) === opening) this.#accounts.delete(digest);
      throw error;
    }
  }

  /** An instance that streams, for one reader who closes it. */
  async stream({ apiKey, secret, password }) {
    const [common, exchange] = await Promise.all([this.common(), this.open({ apiKey, secret, password }, await streamClassOf(this.id))]);
    if (this.baseUrl) {
      exchange.urls.api.ws = streamsAt(this.baseUrl, exchange.urls.api.ws);
      await exchange.loadHttpProxyAgent(); // CCXT asks for it before a stream without TLS
    }

    return share(common, exchange);
  }

  /** The instance for questions that need no key. */
  async common() {
    this.#loading ??= this.#load();
    try {
      return await this.#loading;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  /** From now on the rules of `exchange` are everyone's; kinds of market it did not answer for keep those they had. */
  async adopt(exchange, missing) {
    const known = missing.length > 0 && (await this.#loading?.catch(() => undefined));
    if (known) exchange.setMarkets([...Object.values(known.markets).filter(({ symbol }) => !(symbol in exchange.markets)),
      ...Object.values(exchange.markets)]);
    this.#loading = Promise.resolve(exchange);
    exchange.marketsLoading = Promise.resolve(exchange.markets);
    exchange.options.timeDifference = this.#offset;
    for (const opening of this.#accounts.values()) {
      try {
        share(exchange, await opening);
      } catch {
        // It could not be opened, which its own call is told.
      }
    }
  }

  /** Milliseconds of the exchange's clock minus ours; requests are stamped with it from now on. Measured once for all who ask at a time. */
  drift() {
    this.#measuring ??= this.#measure().finally(() => (this.#measuring = undefined));
    return this.#measuring;
  }

  async #measure() {
    const common = await this.common();
    const call = new Call({ kind: 'find' }); // nothing can be settled by a clock that is wrong
    const theirs = Number(await call.run(() => common.fetchTime()));
    if (!Number.isFinite(theirs)) throw new errors.NotSupported(`${this.id} does not tell its time`);
    this.#offset = -driftOf(-this.#offset, theirs, call);
    for (const opening of [this.#loading, ...this.#accounts.values()]) {
      opening.then((exchange) => (exchange.options.timeDifference = this.#offset), () => undefined);
    }

    return { drift: -this.#offset, roundTrip: call.answeredAt - call.askedAt };
  }

  async #openAccount(keys) {
    const [common, exchange] = await Promise.all([this.common(), this.open(keys)]);
    return share(common, exchange);
  }

  #load() {
    return new Call({ kind: 'find' }).run(async () => {
      const { load } = await import('./markets.mjs');
      const exchange = await this.open();
      await load(exchange);
      exchange.marketsLoading = Promise.resolve(exchange.markets);
      return exchange;
    });
  }
}

/**
 * The exchange's clock minus ours in milliseconds, of what it told between two instants of ours. A drift that fits what was told stays: the
 * longer the answer took, the less it says, and a guess in the middle of a slow answer would make a right clock wrong.
 */
export function driftOf(known, theirs, { askedAt, answeredAt }) {
  const fits = theirs - answeredAt <= known && known <= theirs - askedAt;
  return fits ? known : Math.round(theirs - (askedAt + answeredAt) / 2);
}

/** The addresses of streams, at a host of one's own: what comes from elsewhere would tell of other orders. */
const streamsAt = (baseUrl, urls) => (typeof urls === 'string'
  ? urls.replace(/^wss?:\/\/[^/?]+/, baseUrl.replace(/^http/, 'ws').replace(/\/+$/, ''))
  : Object.fromEntries(Object.entries(urls ?? {}).map(([name, url]) => [name, streamsAt(baseUrl, url)])));

function share(common, exchange) {
  exchange.setMarketsFromExchange(common);
  exchange.marketsLoading = Promise.resolve(exchange.markets);
  return exchange;
}
