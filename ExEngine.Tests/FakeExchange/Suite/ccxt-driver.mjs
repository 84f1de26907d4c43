// Real CCXT, told by lines of JSON what to call for which API key, answering each with a line:
//   node ccxt-driver.mjs <the folder that has node_modules> <base URL>
//   {"id":1,"key":"…","secret":"…","method":"createOrder","args":["BTC/USDT","market","buy","0.01"]}  →  {"id":1,"value":…}

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [home, baseUrl] = process.argv.slice(2);
const ccxt = (await import(pathToFileURL(createRequire(`${home}/`).resolve('ccxt')))).default;
const customers = new Map();

function customer(apiKey, secret) {
  if (!customers.has(apiKey)) {
    const exchange = new ccxt.binance({ apiKey, secret, timeout: 2000, enableRateLimit: false, maxRetriesOnFailure: 0 });
    exchange.number = String;
    const fetch = exchange.fetch.bind(exchange);
    exchange.fetch = (url, ...rest) => fetch(url.replace(/^https?:\/\/[^/?]+/, baseUrl), ...rest);
    customers.set(apiKey, exchange);
  }

  return customers.get(apiKey);
}

const plain = (value) => JSON.parse(JSON.stringify(value ?? null));
const lower = (headers) => Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));

for await (const line of createInterface({ input: process.stdin })) {
  const { id, key, secret, method, args, options } = JSON.parse(line);
  const exchange = customer(key, secret);
  Object.assign(exchange.options, options ?? {});
  const answer = { id };
  try {
    answer.value = plain(await exchange[method](...args.map((argument) => argument ?? undefined)));
  } catch (error) {
    answer.error = { name: error.constructor.name, message: String(error.message) };
  }

  console.log(JSON.stringify({ ...answer, headers: lower(exchange.last_response_headers) }));
}
