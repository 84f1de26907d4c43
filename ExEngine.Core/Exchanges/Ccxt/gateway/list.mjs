// Prints the exchanges that the engine ships with, so that it knows them before this gateway runs, or without it:
//   npm run list      in ExEngine.Core/obj/gateway, after every change of the CCXT version and a build

import { exchanges } from './exchanges.mjs';

const { ccxt, items } = exchanges();
console.log(`{\n  "ccxt": "${ccxt}",\n  "items": [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]\n}`);
