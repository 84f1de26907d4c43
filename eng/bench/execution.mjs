// Measures until an order is at the fake exchange, by the exchange's own record of when the request arrived.
//   node execution.mjs app  <exchange> <application> <rate> <seconds>   from the POST of a signed alert
//   node execution.mjs bare <exchange> <folder with node_modules> <rate> <seconds>   from before CCXT's createOrder
// Prints "<p50 ms> <p99 ms> <orders>". The same orders, accounts and symbols for both, and the first three seconds do not count.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [mode, exchange, target, rate, seconds] = process.argv.slice(2);
const ACCOUNTS = 4, MARKETS = 10, WARM = 3;
const now = () => performance.timeOrigin + performance.now();
const run = randomUUID().slice(0, 8);

async function post(url, body, headers = {}) {
  const response = await fetch(url,
    { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text ? JSON.parse(text) : undefined;
}

for (let i = 0; i < MARKETS; i++) {
  await post(`${exchange}/control/market`, { base: `M${i}`, quote: 'USDT', tick: '0.01', step: '0.01', startPrice: '100' });
}

const keys = [];
for (let i = 0; i < ACCOUNTS; i++) {
  keys.push(await post(`${exchange}/control/account`, { account: `bench-${run}-${i}`, balances: { USDT: '1000000000' }, rights: {} }));
}

const place = mode === 'app' ? await application() : await bare();
const [ledger] = await (await fetch(`${exchange}/control/ledger?after=0`)).json().then((all) => [all.at(-1)?.id ?? 0]);
const sent = new Map();
const waiting = [];
const began = now();
for (let i = 0; i < Number(rate) * (Number(seconds) + WARM); i++) {
  const at = began + (i * 1000) / Number(rate);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - now())));
  waiting.push(place(i, now()).then((id) => sent.set(id, at < began + WARM * 1000 ? undefined : i)));
}

await Promise.all(waiting);
const times = await arrivals();
times.sort((a, b) => a - b);
const share = (p) => (times[Math.min(times.length - 1, Math.floor(times.length * p))] ?? NaN).toFixed(1);
console.log(share(0.5), share(0.99), times.length);
process.exit(0);

async function arrivals() {
  const expected = [...sent].filter(([, index]) => index !== undefined).length;
  for (const until = now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const entries = await (await fetch(`${exchange}/control/ledger?after=${ledger}`)).json();
    const found = entries.filter((e) => e.endpoint === 'POST /api/v3/order' && sent.get(e.clientOrderId) !== undefined);
    if (found.length >= expected || now() > until) return found.map((e) => wall(e.arrivedAt) - starts.get(e.clientOrderId));
  }
}

// Date keeps milliseconds; the record has the rest.
function wall(text) {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  return Date.parse(text.replace(/\.\d+/, '')) + Number(`0.${fraction || 0}`) * 1000;
}

async function application() {
  const person = { email: `${run}@example.org`, password: 'a long pass phrase for the bench' };
  await post(`${target}/api/auth/register`, person);
  const { accessToken } = await post(`${target}/api/auth/login`, person);
  const headers = { authorization: `Bearer ${accessToken}` };
  const doors = [];
  for (const [i, key] of keys.entries()) {
    const account = await post(`${target}/api/accounts`,
      { name: `bench ${i}`, exchange: 'binance', mode: 'live', apiKey: key.key, secret: key.secret }, headers);
    await fetch(`${target}/api/exchanges/binance/markets?search=BTC`, { headers });
    const door = await post(`${target}/api/webhooks`, { name: `bench ${i}`, accountId: account.id, auth: 'hmac' }, headers);
    doors.push({ url: target + new URL(door.url).pathname, secret: door.secret });
  }

  return async (i, start) => {
    const { url, secret } = doors[i % ACCOUNTS];
    const body = JSON.stringify({ symbol: `M${Math.floor(i / ACCOUNTS) % MARKETS}/USDT`, action: 'buy', order_type: 'market',
      trade_quantity: '1', id: `${run}-${i}` });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const response = await fetch(url,
      { method: 'POST', headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }, body });
    const told = await response.json();
    if (response.status !== 202) throw new Error(`${response.status} ${JSON.stringify(told)}`);
    return remember(clientOrderId(told.signalId ?? told.id), start);
  };
}

async function bare() {
  const ccxt = (await import(pathToFileURL(createRequire(`${target}/`).resolve('ccxt')))).default;
  const clients = keys.map(({ key, secret }) => {
    const client = new ccxt.binance({ apiKey: key, secret, enableRateLimit: false });
    const ask = client.fetch.bind(client);
    client.fetch = (url, ...rest) => ask(url.replace(/^https?:\/\/[^/?]+/, exchange), ...rest);
    client.options.fetchCurrencies = false;
    return client;
  });
  await Promise.all(clients.map((client) => client.loadMarkets()));
  return async (i, start) => {
    const id = remember(createHash('sha256').update(`${run}-${i}`).digest('hex').slice(0, 32), start);
    await clients[i % ACCOUNTS].createOrder(`M${Math.floor(i / ACCOUNTS) % MARKETS}/USDT`, 'market', 'buy', '1', undefined,
      { newClientOrderId: id });
    return id;
  };
}

function remember(id, start) {
  (globalThis.starts ??= new Map()).set(id, start);
  return id;
}

// As ClientOrderId.Of does for a signal's leg "enter".
function clientOrderId(signalId) {
  const facts = Buffer.alloc(24);
  Buffer.from(signalId.replaceAll('-', ''), 'hex').copy(facts, 4);
  const hash = createHash('sha256').update(facts).update('enter').digest();
  hash[6] = 0x80 | (hash[6] & 0x0f);
  hash[8] = 0x80 | (hash[8] & 0x3f);
  return hash.subarray(0, 16).toString('hex');
}
