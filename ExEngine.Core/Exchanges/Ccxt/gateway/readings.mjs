// What an account holds, what its key may do, and prices.

import { NotSent } from './call.mjs';
import { errors } from './ccxt.mjs';
import { described } from './descriptions.mjs';
import { balancesView, candleView, tickerView } from './views.mjs';

export const balances = async (exchange) => ({ balances: balancesView(await exchange.fetchBalance()) });

export async function ticker(exchange, { symbol }) {
  return { tickers: [tickerView(await exchange.fetchTicker(symbol))] };
}

/** Prices of many symbols in one request where the exchange offers that. */
export async function tickers(exchange, { symbols }) {
  if (!exchange.has.fetchTickers) return {
    tickers: await Promise.all(symbols.map(async (symbol) => tickerView(await exchange.fetchTicker(symbol)))) };
  return { tickers: Object.values(await exchange.fetchTickers(symbols)).map(tickerView) };
}

/** The last candles of a market, or the first ones since a time; oldest first. The last one may be still going on. */
export async function candles(exchange, { symbol, interval, count, since }) {
  if (!exchange.has.fetchOHLCV || !exchange.timeframes?.[interval]) throw new NotSent('notSupported',
    `${exchange.id} tells no candles of ${interval}.`);
  return { candles: (await exchange.fetchOHLCV(symbol, interval, since ?? undefined, count)).map(candleView) };
}

const text = (value) => (value === undefined || value === null || value === '' ? undefined : String(value));
const flag = (value) => (value === undefined || value === null ? undefined : value === true || value === 'true');
const has = (list, ...words) => words.some((word) => list.includes(word));

// By the call that tells them; `account` is the exchange's own id of the account that the key is of.
const asked = {
  async apiRestrictions(exchange) {
    const rights = await exchange.sapiGetAccountApiRestrictions();
    const { uid } = await exchange.privateGetAccount();
    return {
      account: text(uid),
      trade: flag(rights.enableSpotAndMarginTrading),
      withdraw: flag(rights.enableWithdrawals),
      transfer: flag(rights.enableInternalTransfer) || flag(rights.permitsUniversalTransfer),
      ipRestricted: flag(rights.ipRestrict),
    };
  },
  async queryApi(exchange) {
    const { result } = await exchange.privateGetV5UserQueryApi();
    const wallet = result.permissions?.Wallet ?? [];
    return {
      account: text(result.userID),
      trade: String(result.readOnly) === '0' && (result.permissions?.Spot ?? []).length > 0,
      withdraw: has(wallet, 'Withdraw'),
      transfer: has(wallet, 'AccountTransfer', 'SubMemberTransfer', 'SubMemberTransferList'),
      ipRestricted: (result.ips ?? []).length > 0 && !result.ips.includes('*'),
    };
  },
  async accountConfig(exchange) {
    const { data: [account] } = await exchange.privateGetAccountConfig();
    const rights = String(account.perm ?? '').split(',');

    // One right for withdrawals and for transfers out of the account.
    return { account: text(account.uid), trade: has(rights, 'trade'), withdraw: has(rights, 'withdraw'), transfer: has(rights, 'withdraw'),
      ipRestricted: Boolean(account.ip) };
  },
  async userApiKey(exchange) {
    const { data } = await exchange.privateGetUserApiKey();
    const rights = String(data.permission ?? '').split(',');
    return {
      account: text(data.uid),
      trade: has(rights, 'Spot', 'Trade'),
      withdraw: has(rights, 'Withdrawal', 'Withdraw'),
      transfer: has(rights, 'Transfer', 'AllowInternalTransfer', 'FlexTransfer', 'InnerTransfer'),
      ipRestricted: Boolean(data.ipWhitelist),
    };
  },
};

/** Nothing is stated where the exchange cannot tell; then the key has only been shown to be accepted. */
export async function keyRights(exchange) {
  const ask = asked[described(exchange.id).keyRights];
  if (ask) {
    try {
      return { rights: await ask(exchange) };
    } catch (error) {
      if (!(error instanceof errors.NotSupported) && !missing(error)) throw error;
    }
  }

  if (!exchange.has.fetchBalance) throw new NotSent('notSupported', `${exchange.id} has no call that would show whether it accepts a key.`);
  await exchange.fetchBalance();
  return { rights: {} };
}

// Testnets lack the route.
const missing = (error) => /\b404\b/.test(error.message);
