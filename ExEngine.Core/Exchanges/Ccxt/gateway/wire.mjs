// What this gateway changes about CCXT's HTTP: one pool of connections for all accounts, the deadline checked at the socket,
// a note of what was sent and answered, and our line instead of CCXT's throttle.

import { Agent, DecoratorHandler } from 'undici';
import { current } from './call.mjs';
import { errors } from './ccxt.mjs';
import { lighterCost } from './costs.mjs';
import { checkNumbers } from './exact.mjs';
import { fromWire } from './ids.mjs';
import { codeOf, retryAfterOf } from './answers.mjs';

const pool = new Agent({
  keepAliveTimeout: 25_000, // below what exchanges keep, so that an order rarely meets a connection that just closed
  keepAliveMaxTimeout: 60_000,
  connections: 256,
  pipelining: 1,
  headersTimeout: 60_000, // CCXT's own timeout is shorter and ends the request
  bodyTimeout: 10_000,
  autoSelectFamily: true,
}).compose((dispatch) => (options, handler) => {
  const call = current();
  return dispatch(options, call.writes && options.method !== 'GET' ? new Watched(handler, call) : handler);
});

/** Runs the moment before a request goes to its socket, which is when it counts as sent. */
class Watched extends DecoratorHandler {
  constructor(handler, call) {
    super(handler);
    this.call = call;
  }

  onRequestStart(controller, context) {
    // undici sends again what was on a kept connection that turns out to be closed.
    if (this.call.sent) throw new Error('The connection closed; the request is not sent a second time.');
    this.call.checkDeadline();
    this.call.sent = true;
    super.onRequestStart(controller, context);
  }
}

const redirected = (url, baseUrl) => (baseUrl ? url.replace(/^https?:\/\/[^/?]+/, baseUrl.replace(/\/+$/, '')) : url);

/** Makes an instance of CCXT ours. */
export async function wire(exchange, { baseUrl, limiter }) {
  exchange.number = String; // no number of an exchange ever becomes a double
  await Promise.all([exchange.loadFetchImplementation(), exchange.loadProxyModules()]);
  exchange.fetchDispatcher = pool;
  exchange.throttle = (cost) => limiter.take(current(), cost);
  const costOf = exchange.calculateRateLimiterCost.bind(exchange);
  exchange.calculateRateLimiterCost = (api, method, path, parameters, ...rest) =>
    lighterCost(exchange.id, path, parameters) ?? costOf(api, method, path, parameters, ...rest);

  // Where a kind of account buys by cost only, CCXT would send a quantity as the cost. So it refuses.
  const { createOrder } = exchange.options;
  if (createOrder?.createMarketBuyOrderRequiresPrice === false) {
    exchange.options.createOrder = { ...createOrder, createMarketBuyOrderRequiresPrice: true };
  }

  // Numbers of an order were checked by the engine and pass as they are; CCXT rounds prices in doubles.
  const round = exchange.decimalToPrecision;
  exchange.decimalToPrecision = (value, ...rest) => (current().numbers.includes(value) ? value : round(value, ...rest));

  const parseOrder = exchange.parseOrder.bind(exchange);
  exchange.parseOrder = (...args) => {
    const order = parseOrder(...args);
    return order && { ...order, clientOrderId: fromWire(exchange.id, order.clientOrderId) };
  };

  const sign = exchange.sign.bind(exchange);
  exchange.sign = (...args) => {
    current().checkDeadline();
    return sign(...args);
  };

  const fetch = exchange.fetch.bind(exchange);
  exchange.fetch = async (url, method, headers, body) => {
    const call = current();
    if (method !== 'GET') checkNumbers(call, url, body);
    limiter.checkSilence(call);
    call.askedAt = Date.now();
    try {
      return await fetch(redirected(url, baseUrl), method, headers, body);
    } finally {
      call.answeredAt = Date.now();
    }
  };

  // Numbers as the exchange wrote them, not only where they are large.
  exchange.parseJson = (text) => {
    try {
      return exchange.isJsonEncodedObject(text) ? JSON.parse(exchange.onJsonResponse(text)) : undefined;
    } catch {
      return undefined;
    }
  };

  const handleErrors = exchange.handleErrors.bind(exchange);
  exchange.handleErrors = (status, reason, url, method, headers, body, response, ...rest) => {
    note(current(), limiter, exchange.id, status, headers, response);
    const handled = handleErrors(status, reason, url, method, headers, body, response, ...rest);
    if (response === undefined && status < 300) throw new errors.BadResponse(`${exchange.id} answered ${status} without JSON`);
    return handled;
  };
}

function note(call, limiter, id, status, headers, response) {
  call.status = status;
  Object.assign(call, codeOf(id, response));
  const limited = retryAfterOf(id, status, call.code, headers);
  if (limited === undefined) return;
  call.retryAfter = limited.milliseconds;
  call.ofAccount = limited.ofAccount;
  limiter.silence(limited.milliseconds, limited.ofAccount ? call.account : '');
}
