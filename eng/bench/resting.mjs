// Rests orders on one paper account and measures an alert among them:   resting.mjs URL COUNT ALERTS
// Prints: ms per resting order to place them all, then p50 and p99 in ms from the POST of a market alert to the end of its order.

const [url, count, alerts] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const email = `bench${count}-${Date.now()}@example.org`;
const password = 'a long and rare pass phrase 47';
const headers = { 'content-type': 'application/json' };

async function call(method, path, body) {
  const answer = await fetch(new URL(path, url), { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : undefined;
}

async function until(isSo) {
  for (let i = 0; i < 60_000; i++) {
    const found = await isSo();
    if (found) return found;
    await new Promise((go) => { setTimeout(go, 2); });
  }

  throw new Error('waited in vain');
}

await call('POST', '/api/auth/register', { email, password });
headers.authorization = `Bearer ${(await call('POST', '/api/auth/login', { email, password })).accessToken}`;
const balances = { USDT: '10000000' };
const { id: accountId } = await call('POST', '/api/accounts', { name: 'Bench', exchange: 'paper', mode: 'paper', paperBalances: balances });
const hook = await call('POST', '/api/webhooks', { name: 'Bench', accountId, auth: 'secret', sender: 'other', rateLimit: { permits: 10000, windowSeconds: 1 } });

const order = { accountId, symbol: 'BTC/USDT', side: 'buy', type: 'limit', price: '1000', quantity: '0.01' };
let began = performance.now();
for (let i = 0; i < count; i++) {
  await call('POST', '/api/orders', { ...order, symbol: i % 2 ? 'BTC/USDT' : 'ETH/USDT', price: i % 2 ? '1000' : '100', quantity: i % 2 ? '0.01' : '0.1' });
}

await until(async () => {
  const open = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await call('GET', `/api/orders?status=open&limit=500${cursor && `&cursor=${cursor}`}`);
    open.push(...page.items);
    cursor = page.nextCursor;
  }

  return open.length === count;
});
const resting = (performance.now() - began) / count;

const times = [];
for (let i = 0; i < alerts; i++) {
  began = performance.now();
  const body = { secret: hook.secret, symbol: 'BTC/USDT', action: 'buy', order_type: 'market', trade_quantity: '0.001', id: `bench-${i}` };
  const { id } = await call('POST', new URL(hook.url).pathname, body);
  await until(async () => (await call('GET', `/api/signals/${id}`)).status === 'done');
  times.push(performance.now() - began);
}

times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
console.log(resting.toFixed(1), at(0.5), at(0.99));
