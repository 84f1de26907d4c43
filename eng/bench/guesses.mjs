// Alerts one after the other, alone and beside parallel wrong sign-ins; see guesses.sh.
import { createHmac } from 'node:crypto';
import { performance } from 'node:perf_hooks';

const [url, parallel] = [process.argv[2], Number(process.argv[3])];
const post = (path, body, headers = {}) =>
  fetch(url + path, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
const made = async (answer) => {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
};

const user = { email: 'bench@example.org', password: 'a long pass phrase for the bench' };
await made(await post('/api/auth/register', JSON.stringify(user))).catch(() => undefined);
const { accessToken } = await made(await post('/api/auth/login', JSON.stringify(user)));
const mine = { Authorization: `Bearer ${accessToken}` };
const account = await made(await post('/api/accounts', JSON.stringify({ name: 'bench', exchange: 'paper', mode: 'paper' }), mine));
const hook = await made(await post('/api/webhooks', JSON.stringify(
  { name: 'bench', accountId: account.id, sender: 'other', auth: 'hmac', preset: 'native', execute: false }), mine));
const door = new URL(hook.url).pathname;

let count = 0;
async function alert() {
  const body = `{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001","id":"${count++}"}`;
  const began = performance.now();
  const answer = await post(door, body,
    { 'X-Hub-Signature-256': `sha256=${createHmac('sha256', hook.secret).update(body).digest('hex')}` });
  await answer.text();
  if (answer.status !== 202) throw new Error(`An alert was answered ${answer.status}.`);
  return performance.now() - began;
}

async function measure(name, alerts) {
  const times = [];
  for (let i = 0; i < alerts; i++) times.push(await alert());
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
  console.log(`${name.padEnd(28)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${alerts} alerts`);
}

await measure('warm-up', 200);
await measure('alone', 300);
let guesses = 0;
let going = true;
const strangers = Array.from({ length: parallel }, async (_, i) => {
  while (going) {
    await (await post('/api/auth/login', JSON.stringify({ email: `stranger${i}@example.org`, password: `guess ${guesses++}` }))).text();
  }
});
await measure(`beside ${parallel} who guess`, 300);
going = false;
await Promise.all(strangers);
console.log(`${guesses} guesses were answered`);
