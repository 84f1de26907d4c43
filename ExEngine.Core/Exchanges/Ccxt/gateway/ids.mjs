// Our client ids have 32 hexadecimal digits. Where an exchange takes fewer characters, the same 16 bytes go out in base64url.

import { described } from './descriptions.mjs';

/** As the exchange is told it. */
export function toWire(exchange, clientId) {
  const { shortClientIds: prefix } = described(exchange);
  return prefix === undefined ? clientId : prefix + Buffer.from(clientId, 'hex').toString('base64url');
}

/** As we know it; what is none of ours stays as it is. */
export function fromWire(exchange, text) {
  const { shortClientIds: prefix } = described(exchange);
  if (prefix === undefined || !text?.startsWith(prefix)) return text;
  const bytes = Buffer.from(text.slice(prefix.length), 'base64url');
  const hex = bytes.toString('hex');
  return bytes.length === 16 && toWire(exchange, hex) === text ? hex : text;
}
