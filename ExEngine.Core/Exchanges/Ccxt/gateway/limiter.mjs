// One for an exchange and this address: CCXT's weights in one bucket for all accounts, cancels first, then orders, then
// look-ups, then the rest; within these the account that waited longest for its turn. Silent while the exchange says so.

import { NotSent } from './call.mjs';

const RANKS = { cancel: 0, place: 1, find: 2, poll: 3 };

// How far, in capacities, the bucket may be below zero: an order does not wait for what polls have used up.
const FLOORS = [-2, -1, 0, 0.5];
export const LONGEST_WAIT = 10_000;

// After so long a poll waits in line with the look-ups: an hour of these must not leave resting orders unseen.
const PATIENCE = 3_000;

// The most of the allowance that such polls get: a list of all open orders weighs as much as two proofs that an order is absent.
const SHARE = 0.25;

export class Limiter {
  #waiting = [[], [], [], []];
  #lastTurn = new Map();
  #silence = new Map(); // account, or '' for all → until
  #turn = 0;
  #nextPatient = 0;
  #timer;

  /** @param rateLimit CCXT's milliseconds per unit of weight */
  constructor(rateLimit, now = () => performance.now()) {
    this.now = now;
    this.perUnit = Math.max(rateLimit, 1);
    this.capacity = Math.max(1, 1000 / this.perUnit);
    this.tokens = this.capacity;
    this.filled = now();
  }

  /** Resolves when `call` may send a request of this weight; rejects with NotSent when it may not in time. */
  take(call, cost = 1) {
    this.checkSilence(call);
    return new Promise((resolve, reject) => {
      const giveUp = this.now() + Math.min(LONGEST_WAIT, call.deadline === undefined ? Infinity : call.deadline - Date.now());
      this.#waiting[RANKS[call.kind] ?? 3].push({ call, cost: Number(cost) || 0, resolve, reject, giveUp, since: this.now() });
      this.#pump();
    });
  }

  /** Milliseconds of silence left for an account. */
  silent(account) {
    const until = Math.max(this.#silence.get('') ?? 0, this.#silence.get(account) ?? 0);
    return Math.max(0, Math.ceil(until - this.now()));
  }

  /** Nothing is sent for `milliseconds`: for all accounts, or for one. */
  silence(milliseconds, account = '') {
    const until = this.now() + milliseconds;
    if (until > (this.#silence.get(account) ?? 0)) this.#silence.set(account, until);
    for (const [key, end] of this.#silence) if (end <= this.now()) this.#silence.delete(key);
    this.#pump();
  }

  checkSilence(call) {
    const left = this.silent(call.account);
    if (left > 0) throw this.#silenced(left);
  }

  #silenced(left) {
    const ofAccount = (this.#silence.get('') ?? 0) <= this.now();
    return new NotSent('silence', `The exchange asked for silence; ${left} ms of it are left.`, left, ofAccount);
  }

  #pump() {
    clearTimeout(this.#timer);
    const now = this.now();
    this.tokens = Math.min(this.capacity, this.tokens + (now - this.filled) / this.perUnit);
    this.filled = now;
    for (let next = this.#next(); next; next = this.#next()) {
      this.tokens -= next.cost;
      next.resolve();
    }

    this.#sleep();
  }

  #next() {
    this.#promote();
    for (const [rank, queue] of this.#waiting.entries()) {
      this.#dropLost(queue);
      if (queue.length === 0) continue;
      if (this.tokens < this.#floor(rank)) return undefined;
      const next = queue.reduce((best, one) => (this.#turnOf(one) < this.#turnOf(best) ? one : best));
      queue.splice(queue.indexOf(next), 1);
      this.#lastTurn.set(next.call.account, ++this.#turn);
      if (this.#lastTurn.size > 10_000) this.#lastTurn.clear();
      return next;
    }

    return undefined;
  }

  #promote() {
    const [, , finds, polls] = this.#waiting;
    const now = this.now();
    if (polls.length === 0 || now - polls[0].since < PATIENCE || now < this.#nextPatient) return;
    const patient = polls.shift();
    finds.unshift(patient);
    this.#nextPatient = now + (patient.cost * this.perUnit) / SHARE;
  }

  #dropLost(queue) {
    for (let i = queue.length - 1; i >= 0; i--) {
      const { call, reject, giveUp } = queue[i];
      const left = this.silent(call.account);
      if (left === 0 && giveUp > this.now()) continue;
      queue.splice(i, 1);
      reject(left > 0
        ? this.#silenced(left)
        : new NotSent(call.late ? 'deadline' : 'rateLimit', 'Too many requests wait for this exchange.', Math.ceil(this.perUnit)));
    }
  }

  #turnOf(one) {
    return this.#lastTurn.get(one.call.account) ?? 0;
  }

  #floor(rank) {
    return FLOORS[rank] * this.capacity;
  }

  #sleep() {
    const rank = this.#waiting.findIndex((queue) => queue.length > 0);
    if (rank < 0) return;
    const refill = (this.#floor(rank) - this.tokens) * this.perUnit;
    const giveUp = Math.min(...this.#waiting.flat().map((one) => one.giveUp)) - this.now();
    this.#timer = setTimeout(() => this.#pump(), Math.max(1, Math.ceil(Math.min(refill, giveUp))));
  }
}
