// Prepares signed alerts for wrk, every body with an id of its own, in turn for each door; one line each:
// "<path>\t<hex signature>\t<body>".
//   node sign.mjs <doors.json: lines of {"url","secret"}> <run> <count> > file
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [doorsFile, run, count] = process.argv.slice(2);
const doors = readFileSync(doorsFile, 'utf8').trim().split('\n').map(line => JSON.parse(line));
const lines = [];
for (let i = 0; i < Number(count); i++) {
  const { url, secret } = doors[i % doors.length];
  const body = JSON.stringify({
    symbol: 'BTC/USDT', action: 'buy', order_type: 'limit', trade_price: `${50000 + (i % 20000)}.10`,
    trade_quantity: '0.001', id: `${run}-${i}`, time: new Date().toISOString(),
  });
  lines.push([new URL(url).pathname, createHmac('sha256', secret).update(body).digest('hex'), body].join('\t'));
}
process.stdout.write(lines.join('\n') + '\n');
