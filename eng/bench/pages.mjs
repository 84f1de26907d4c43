// Alerts at a steady rate, and when each of several browsers has its row; see pages.sh.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openDoor, user } from './door.mjs';

const [url, devtools, rate, browsers, seconds, app] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const { send } = await openDoor(url);

// The browser's own protocol over one socket: a message has an id, its answer the same.
const { webSocketDebuggerUrl } = await (await fetch(`http://127.0.0.1:${devtools}/json/version`)).json();
const socket = new WebSocket(webSocketDebuggerUrl);
await new Promise((opened, failed) => Object.assign(socket, { onopen: opened, onerror: failed }));
const waiting = new Map();
let asked = 0;
socket.onmessage = ({ data }) => {
  const answer = JSON.parse(data);
  const { done, fail } = waiting.get(answer.id) ?? {};
  waiting.delete(answer.id);
  if (answer.error) fail?.(new Error(answer.error.message));
  else done?.(answer.result);
};
const ask = (method, params = {}, sessionId = undefined) => new Promise((done, fail) => {
  waiting.set(++asked, { done, fail });
  socket.send(JSON.stringify({ id: asked, method, params, sessionId }));
});

async function open() {
  const { browserContextId } = await ask('Target.createBrowserContext');
  const { targetId } = await ask('Target.createTarget', { url: `${url}/account/sign-in`, browserContextId, width: 1440, height: 900 });
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
  const run = async (expression) => {
    const { result, exceptionDetails } = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const until = async (expression) => {
    for (let tries = 0; tries < 600; tries++) {
      if (await run(expression).catch(() => false)) return;
      await pause(50);
    }
    throw new Error(`A page never had: ${expression}; it shows ${await run('location.href + document.body.innerText.slice(0, 300)')}`);
  };
  await until(`!!document.querySelector('input[type=password]')`);
  await run(`(() => {
    const form = document.querySelector('input[type=password]').form;
    form.querySelector('input[type=email], input[autocomplete*=username]').value = ${JSON.stringify(user.email)};
    form.querySelector('input[type=password]').value = ${JSON.stringify(user.password)};
    form.requestSubmit(form.querySelector('button[type=submit]'));
  })()`);
  await until(`document.readyState === 'complete' && !location.pathname.includes('sign-in')`);
  await ask('Page.navigate', { url: `${url}/signals` }, sessionId);
  await until(`!!document.querySelector('a.row-link') && !!window.Blazor`);
  // When the address of a row was first in the document, by the clock that the sender reads too.
  await run(`(() => {
    window.seen = {};
    const look = () => {
      const now = Date.now();
      for (const link of document.querySelectorAll('a.row-link')) {
        const id = link.getAttribute('href').match(/[0-9a-f-]{36}/)?.[0];
        if (id) window.seen[id] ??= now;
      }
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
  })()`);
  return run;
}

async function alert() {
  const began = Date.now();
  return { id: (await send()).id, began };
}

// In seconds of one core.
const busy = () => {
  const fields = readFileSync(`/proc/${app}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const say = (name, times) => {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  console.log(`${name.padEnd(12)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${times.at(-1)} ms, of ${times.length} rows`);
};

await alert();
const pages = [];
for (let i = 0; i < browsers; i++) pages.push(await open());

async function measure(lasting) {
  const sent = [];
  const [from, before] = [Date.now(), busy()];
  while (Date.now() - from < lasting * 1000) {
    const due = Math.floor((Date.now() - from) / 1000 * rate) - sent.length;
    for (let i = 0; i < due; i++) sent.push(alert());
    await pause(2);
  }
  const alerts = await Promise.all(sent);
  const used = (busy() - before) / ((Date.now() - from) / 1000);
  await pause(1000);
  const seen = await Promise.all(pages.map((run) => run('window.seen')));
  return { alerts, seen, used };
}

await measure(5);
const { alerts, seen, used } = await measure(seconds);
say('all', seen.flatMap((page) => alerts.filter((a) => page[a.id]).map((a) => page[a.id] - a.began)));
seen.forEach((page, i) => say(`browser ${i + 1}`, alerts.filter((a) => page[a.id]).map((a) => page[a.id] - a.began)));
console.log(`${alerts.length} alerts at ${rate}/s; ${seen.map((page) => alerts.filter((a) => !page[a.id]).length).join(', ')} never had a row`);
console.log(`server: ${(used * 100).toFixed(0)} % of a core`);
socket.close();
