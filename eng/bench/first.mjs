// Sends alerts one after the other and prints p50 and p99 of the first 100 and of 100 when it is warm, in ms.
//   node first.mjs URL DOORS RUN
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [url, doorsFile, run] = process.argv.slice(2);
const doors = readFileSync(doorsFile, 'utf8').trim().split('\n').map(line => JSON.parse(line));
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let count = 0;

function send() {
  const { url: door, secret } = doors[count % doors.length];
  const body = JSON.stringify({ symbol: 'BTC/USDT', action: 'buy', trade_quantity: '0.001', id: `first-${run}-${count++}` });
  const headers = {
    'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body),
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const request = http.request(url + new URL(door).pathname, { method: 'POST', headers, agent }, answer => {
      answer.resume().on('end', () => (answer.statusCode === 202 ? resolve(performance.now() - began) : reject(new Error(`${answer.statusCode}`))));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function figures(alerts) {
  const times = [];
  for (let i = 0; i < alerts; i++) times.push(await send());
  times.sort((a, b) => a - b);
  return `p50 ${times[Math.floor(alerts / 2)].toFixed(2)} p99 ${times[Math.floor(alerts * 0.99)].toFixed(2)}`;
}

// node's own code is warm before the server is asked for anything that counts.
for (let i = 0; i < 300; i++) await new Promise(done => http.get(`${url}/health/live`, { agent }, a => a.resume().on('end', done)));
const first = await figures(100);
await figures(Number(process.env.WARM ?? 20000));
console.log(`first ${first} warm ${await figures(100)}`);
agent.destroy();
