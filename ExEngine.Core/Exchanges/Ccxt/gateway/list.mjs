// Writes CCXT's part of exchanges.json, so that the engine knows the exchanges before this gateway runs, or without it; what we describe
// ourselves stays as it is. Without --write it only prints the file as it should be:
//   npm run list      after every change of the CCXT version

import { readFileSync, writeFileSync } from 'node:fs';
import { exchanges } from './exchanges.mjs';

const FILE = new URL('exchanges.json', import.meta.url);
const ITEMS = '  "items": [\n';
const { ccxt, items } = exchanges();
const kept = readFileSync(FILE, 'utf8').split(ITEMS)[0].replace(/"ccxt": "[^"]*"/, `"ccxt": "${ccxt}"`);
const text = `${kept}${ITEMS}${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]\n}\n`;
if (process.argv.includes('--write')) writeFileSync(FILE, text);
else process.stdout.write(text);
