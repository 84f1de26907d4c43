// CCXT by its parts. The whole of it is more than a hundred exchanges, of which an installation uses one or two: loading them all takes
// three times as long, and 50 MB that nothing needs.

import { readFileSync } from 'node:fs';

const ROOT = import.meta.resolve('ccxt');
const load = (path) => import(new URL(`src/${path}.js`, ROOT));
const { items } = JSON.parse(readFileSync(new URL('exchanges.json', import.meta.url), 'utf8'));
const listed = new Map(items.map((item) => [item.id, item]));

export const [{ default: errors }, { Precise }, functions] = await Promise.all(
  ['base/errors', 'base/Precise', 'base/functions'].map(load));

/** Whether CCXT has an exchange with this id. */
export const knows = (id) => listed.has(id);

/** The class of an exchange that is known. */
export const classOf = async (id) => (await load(id)).default;

/** The class that streams; undefined where CCXT has none. */
export const streamClassOf = async (id) => (listed.get(id)?.streams ? (await load(`pro/${id}`)).default : undefined);
