// Reads from an exchange's answer what the engine decides on: its own code, and how long to be silent.

/** Requests of one account only are too many then; the other accounts go on. */
const OF_ACCOUNT = new Set([
  '-1015', // Binance: too many new orders
  '10006', // Bybit
  '50011', '50061', // OKX
  'EAPI:Rate limit exceeded', 'EOrder:Rate limit exceeded', // Kraken
  '429000', // KuCoin
]);
const OF_ADDRESS = new Set(['-1003', '10018', '50040']);
const UNSTATED = 5_000;

/** The exchange's code and text, wherever it writes them; nothing when the answer is not an error. */
export function codeOf(id, response) {
  if (response === null || typeof response !== 'object') return {};
  const [first] = Array.isArray(response.data) ? response.data : [];
  const { error } = response;
  const code = first?.sCode && first.sCode !== '0' ? first.sCode
    : response.retCode ?? response.ret_code ?? response.code ?? response['err-code'] ?? response.label
    ?? (Array.isArray(error) ? error[0] : typeof error === 'string' ? error : error?.code ?? response.error_code);
  const text = first?.sMsg || (response.retMsg ?? response.ret_msg ?? response.msg ?? response['err-msg'] ?? response.message
    ?? error?.message);
  return code === undefined || code === null ? {} : { code: String(code), text: typeof text === 'string' ? text : undefined };
}

/** Undefined when the answer does not limit. */
export function retryAfterOf(id, status, code, headers = {}) {
  const ofAccount = OF_ACCOUNT.has(code);
  if (status !== 429 && status !== 418 && !ofAccount && !OF_ADDRESS.has(code)) return undefined;
  const header = (name) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  const seconds = Number(header('retry-after'));
  const reset = Number(header('x-bapi-limit-reset-timestamp')) - Date.now();
  const kucoin = Number(header('gw-ratelimit-reset'));
  const milliseconds = [seconds * 1000, reset, kucoin].find((value) => value > 0) ?? (ofAccount ? 1000 : UNSTATED);
  return { milliseconds: Math.ceil(milliseconds), ofAccount };
}
