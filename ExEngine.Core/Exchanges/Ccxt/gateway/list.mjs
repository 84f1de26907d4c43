// Writes CCXT's part of the exchanges.json that is named, so that the engine knows the exchanges before this gateway runs, or without it;
// what we describe ourselves stays as it is. Without a name it only prints the file as it should be:
//   npm run list      in ExEngine.Core/obj/gateway, after every change of the CCXT version and a build

import { readFileSync, writeFileSync } from 'node:fs';
import { exchanges } from './exchanges.mjs';

const [, , target] = process.argv;
const FILE = target ?? new URL('exchanges.json', import.meta.url);
const ITEMS = '  "items": [\n';
const { ccxt, items } = exchanges();
const kept = readFileSync(FILE, 'utf8').split(ITEMS)[0].replace(/"ccxt": "[^"]*"/, `"ccxt": "${ccxt}"`);
const text = `${kept}${ITEMS}${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]\n}\n`;
if (target) writeFileSync(target, text);
else process.stdout.write(text);
