// Real CCXT, told by lines of JSON what to call, answering each with a line:
//   node ccxt-driver.mjs <folder of node_modules' parent> <base URL> <API key> <secret>
//   {"id":1,"method":"createOrder","args":["BTC/USDT","market","buy","0.01"]}  →  {"id":1,"value":…} or {"id":1,"error":{…}}

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [home, baseUrl, apiKey, secret] = process.argv.slice(2);
const ccxt = (await import(pathToFileURL(createRequire(`${home}/`).resolve('ccxt')))).default;
const exchange = new ccxt.binance({ apiKey, secret, timeout: 2000, enableRateLimit: false, maxRetriesOnFailure: 0 });
exchange.number = String;
const fetch = exchange.fetch.bind(exchange);
exchange.fetch = (url, ...rest) => fetch(url.replace(/^https?:\/\/[^/?]+/, baseUrl), ...rest);

const plain = (value) => JSON.parse(JSON.stringify(value ?? null));
const last = () => plain({ status: exchange.lastStatus, headers: exchange.last_response_headers });

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, args, set } = JSON.parse(line);
  const answer = { id };
  try {
    Object.assign(exchange.options, set ?? {});
    answer.value = method ? plain(await exchange[method](...args.map((a) => a ?? undefined))) : null;
  } catch (error) {
    answer.error = { name: error.constructor.name, message: String(error.message) };
  }

  console.log(JSON.stringify({ ...answer, ...last() }));
}
