// Where exchanges differ behind CCXT's one face: "described" in exchanges.json, which the engine reads too. What each key means is said
// at ExchangeDescription.cs. What CCXT states itself and states reliably is not repeated there.

import { readFileSync } from 'node:fs';

const { described: stated } = JSON.parse(readFileSync(new URL('exchanges.json', import.meta.url), 'utf8'));

// Where nothing is said: no list proves that something does not exist.
const NOTHING = { pages: {}, retryHeaders: {}, codes: {} };
const known = new Map(Object.keys(stated).map((id) => [id, resolve(id)]));

/** What is true of an exchange; an exchange of which nothing is said is as CCXT says. */
export const described = (id) => known.get(id) ?? NOTHING;

/** Every exchange of which something is said. */
export const all = () => Object.fromEntries(known);

/**
 * What kind of answer an exchange's own code is: a key of `codes`, or undefined. A code that ends with * stands for all that begin so; the
 * whole code wins over beginnings, and the longest beginning over shorter ones.
 */
export function kindOf(id, code) {
  if (code === undefined) return undefined;
  let [found, best] = [undefined, 0];
  for (const [kind, codes] of Object.entries(described(id).codes)) {
    for (const entry of codes) {
      if (entry === code) return kind;
      if (entry.endsWith('*') && entry.length > best && code.startsWith(entry.slice(0, -1))) [found, best] = [kind, entry.length];
    }
  }

  return found;
}

// A key that an exchange states replaces its family's, null takes it away; codes are added, and leave the kind that the family gave them.
function resolve(id) {
  const { like, codes = {}, ...own } = stated[id];
  const family = like ? resolve(like) : NOTHING;
  const mine = new Set(Object.values(codes).flat());
  const merged = { ...codes };
  for (const [kind, list] of Object.entries(family.codes)) merged[kind] = [...codes[kind] ?? [], ...list.filter((code) => !mine.has(code))];
  const all = Object.entries({ ...family, ...own, codes: merged });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}
