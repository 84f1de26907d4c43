// Prepares signed alerts for wrk: one line each, "<hex signature>\t<body>", every body with an id of its own.
//   node sign.mjs <secret> <run> <count> > file
import { createHmac } from 'node:crypto';

const [secret, run, count] = process.argv.slice(2);
const lines = [];
for (let i = 0; i < Number(count); i++) {
  const body = JSON.stringify({
    symbol: 'BTC/USDT', action: 'buy', order_type: 'limit', trade_price: `${50000 + (i % 20000)}.10`,
    trade_quantity: '0.001', id: `${run}-${i}`, time: new Date().toISOString(),
  });
  lines.push(createHmac('sha256', secret).update(body).digest('hex') + '\t' + body);
}
process.stdout.write(lines.join('\n') + '\n');
