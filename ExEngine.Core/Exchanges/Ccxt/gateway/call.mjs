// One question of the engine while it is being answered: what it may do, and what became of its HTTP requests.

import { AsyncLocalStorage } from 'node:async_hooks';
import { Refusal } from './faults.mjs';

const calls = new AsyncLocalStorage();

/** The call in whose course this runs; outside of any: a reading. */
export const current = () => calls.getStore() ?? new Call({ kind: 'poll' });

export class Call {
  /** Whether a request that changes something was handed to the socket. */
  sent = false;
  status;
  code;
  retryAfter;
  ofAccount = false;

  // Milliseconds of our clock around its last request, without the wait in line.
  askedAt;
  answeredAt;

  /** @param kind what it waits in line as: cancel, place, find or poll */
  constructor({ kind, account = '', deadline, clientId }) {
    this.kind = kind;
    this.account = account;
    this.deadline = deadline;
    this.clientId = clientId;
    this.numbers = []; // of an order, as the engine wrote them
    this.costAs = undefined; // the exchange's name for the cost, when the order is sent by it
  }

  get writes() {
    return this.kind === 'place' || this.kind === 'cancel';
  }

  get late() {
    return this.deadline !== undefined && Date.now() >= this.deadline;
  }

  /** Called last before a signature, and again before the socket. */
  checkDeadline() {
    if (this.late) throw new NotSent('deadline', 'The deadline was over before the request was sent.');
  }

  run(work) {
    return calls.run(this, work);
  }
}

/** Nothing went out, for a reason of the gateway's own. */
export class NotSent extends Refusal {
  constructor(reason, message, retryAfter, ofAccount) {
    super(503, 'NotSent', message);
    Object.assign(this, { reason, retryAfter, ofAccount });
  }
}
