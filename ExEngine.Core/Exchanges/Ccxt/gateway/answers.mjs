// Reads from an exchange's answer what the engine decides on: its own code, and how long to be silent.

import { described, kindOf } from './descriptions.mjs';

// Milliseconds of silence where the exchange names none: for all accounts, and for one.
const UNSTATED = 5_000;
const UNSTATED_OF_ACCOUNT = 1_000;

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

/** Undefined when the answer does not limit; `ofAccount` when the other accounts may go on. */
export function retryAfterOf(id, status, code, headers = {}) {
  const kind = kindOf(id, code);
  const ofAccount = kind === 'accountLimited';
  if (status !== 429 && status !== 418 && !ofAccount && kind !== 'addressLimited') return undefined;
  const header = (name) => Number(Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]);
  const { at, after } = described(id).retryHeaders;
  const milliseconds = [header('retry-after') * 1000, header(at) - Date.now(), header(after)].find((value) => value > 0)
    ?? (ofAccount ? UNSTATED_OF_ACCOUNT : UNSTATED);
  return { milliseconds: Math.ceil(milliseconds), ofAccount };
}
