// What failed and why, and where the time went, for whoever has nothing but the output of a test run:   node eng/test-report.mjs tests.trx
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const plain = (xml = '') => xml.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#xD;|&#xA;/g, '\n')
  .replace(/&amp;/g, '&');
const attribute = (tag, name) => plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]);

for (const [, tag, body] of text.matchAll(/<UnitTestResult ([^>]*outcome="Failed"[^>]*)>(.*?)<\/UnitTestResult>/gs)) {
  const frames = plain(/<StackTrace>(.*?)<\/StackTrace>/s.exec(body)?.[1]).split('\n').filter((line) => line.includes('ExEngine'));
  console.log(`\nFailed: ${attribute(tag, 'testName')}\n${plain(/<Message>(.*?)<\/Message>/s.exec(body)?.[1]).slice(0, 3000)}\n${frames.slice(0, 8).join('\n')}`);
}

// What belongs to no test: a fixture that could not be taken down, a runner that died.
for (const [,
  words] of text.matchAll(/<RunInfo [^>]*outcome="Error"[^>]*>.*?<Text>(.*?)<\/Text>/gs)) console.log(
  `\nOutside the tests: ${plain(words).slice(0, 3000)}`);

const classes = new Map();
for (const [, tag, body] of text.matchAll(/<UnitTest ([^>]*)>(.*?)<\/UnitTest>/gs)) classes.set(attribute(tag, 'id'),
  attribute(body, 'className'));
const seconds = new Map();
for (const [, tag] of text.matchAll(/<UnitTestResult ([^>]*)>/g)) {
  const [hours, minutes, rest] = (attribute(tag, 'duration') || '0:0:0').split(':').map(Number);
  const name = classes.get(attribute(tag, 'testId'));
  seconds.set(name, (seconds.get(name) ?? 0) + hours * 3600 + minutes * 60 + rest);
}

// How busy the run was, and what it waited for at its end: a long tail is a class that began too late or does too much.
const runs = [...text.matchAll(/<UnitTestResult ([^>]*)>/g)].map(([, tag]) => ({
  name: classes.get(attribute(tag, 'testId')),
  from: Date.parse(attribute(tag, 'startTime')),
  to: Date.parse(attribute(tag, 'endTime')),
}));
if (runs.length > 0) {
  const [from, to] = [Math.min(...runs.map((r) => r.from)), Math.max(...runs.map((r) => r.to))];
  const busy = [...seconds.values()].reduce((sum, time) => sum + time, 0);
  const tail = new Set(runs.filter((r) => r.to > to - 30_000).map((r) => r.name));
  console.log(`\n${((to - from) / 1000).toFixed(0)} s for ${busy.toFixed(0)} s of tests; the last 30 s had ${[...tail].join(', ')}`);
}

console.log('\nThe slowest classes, in seconds:');
for (const [name, time] of [...seconds].sort((a, b) => b[1] - a[1]).slice(0, 15)) console.log(`${time.toFixed(1).padStart(7)} ${name}`);
