// Alerts one after the other, alone and beside parallel wrong sign-ins; see guesses.sh.
import { performance } from 'node:perf_hooks';
import { openDoor } from './door.mjs';

const [url, parallel] = [process.argv[2], Number(process.argv[3])];
const { post, send } = await openDoor(url);

async function alert() {
  const began = performance.now();
  await send();
  return performance.now() - began;
}

async function measure(name, alerts) {
  const times = [];
  for (let i = 0; i < alerts; i++) times.push(await alert());
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
  console.log(`${name.padEnd(28)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${alerts} alerts`);
}

await measure('warm-up', 200);
await measure('alone', 300);
let guesses = 0;
let going = true;
const strangers = Array.from({ length: parallel }, async (_, i) => {
  while (going) {
    await (await post('/api/auth/login', JSON.stringify({ email: `stranger${i}@example.org`, password: `guess ${guesses++}` }))).text();
  }
});
await measure(`beside ${parallel} who guess`, 300);
going = false;
await Promise.all(strangers);
console.log(`${guesses} guesses were answered`);
