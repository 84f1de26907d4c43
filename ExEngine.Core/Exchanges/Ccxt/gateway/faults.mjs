// Errors as the engine sees them: a code and one line that holds no key, signature or query.

/** A request that the gateway itself turns down. */
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const MOST_LETTERS = 300;

/** CCXT puts the whole URL, sometimes the whole body, into its messages. */
export function scrub(message) {
  return String(message)
    .replace(/(https?:\/\/[^\s?"'<>]*)\?[^\s"'<>]*/g, '$1?…')
    .replace(/\b(signature|sign|api[-_]?key|secret|password|passphrase|token|authorization|x-[a-z-]*key)\b(["'\s:=]+)[^\s"'&,;]+/gi,
      '$1$2…')
    .replace(/\b[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9])/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, MOST_LETTERS);
}

/** A 4xx is ours; 502 means that the exchange did not answer as it should, and `code` is the name of CCXT's error. */
export function fault(error) {
  if (error instanceof Refusal) return { status: error.status, body: { code: error.code, message: error.message } };
  return { status: 502, body: { code: error?.constructor?.name ?? 'Error', message: scrub(error?.message ?? error) } };
}
