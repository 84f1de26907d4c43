// What benchmarks of a running product share: somebody signs up, and a webhook takes signed alerts of theirs.
import { createHmac } from 'node:crypto';

export const user = { email: 'bench@example.org', password: 'a long pass phrase for the bench' };

/** @returns how to post to the product, and how to send one alert; that one throws unless it is accepted. */
export async function openDoor(url) {
  const post = (path, body, headers = {}) =>
    fetch(url + path, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
  const made = async (answer) => {
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };

  await made(await post('/api/auth/register', JSON.stringify(user))).catch(() => undefined);
  const { accessToken } = await made(await post('/api/auth/login', JSON.stringify(user)));
  const mine = { Authorization: `Bearer ${accessToken}` };
  const account = await made(await post('/api/accounts', JSON.stringify({ name: 'bench', exchange: 'paper', mode: 'paper' }), mine));
  const hook = await made(await post('/api/webhooks', JSON.stringify(
    { name: 'bench', accountId: account.id, sender: 'other', auth: 'hmac', preset: 'native', execute: false }), mine));
  const door = new URL(hook.url).pathname;

  let count = 0;
  async function send() {
    const body = `{"symbol":"BTC/USDT","action":"buy","trade_quantity":"0.001","id":"${count++}"}`;
    const answer = await post(door, body,
      { 'X-Hub-Signature-256': `sha256=${createHmac('sha256', hook.secret).update(body).digest('hex')}` });
    const text = await answer.text();
    if (answer.status !== 202) throw new Error(`An alert was answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }
  return { post, send };
}
