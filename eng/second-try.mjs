// Which failed tests may be tried once more, alone, as a filter for `dotnet test`; nothing when there are none:
//   node eng/second-try.mjs tests.trx
// A browser on a machine that is too busy misses a deadline that says nothing about the product. So at most two tests that drive a browser
// get a second chance, and the run says their names. What decides about money, orders or stored rows never does: there, once is a fault.
import { readFileSync } from 'node:fs';

const most = 2;
const mayTryAgain = /^ExEngine\.Tests\.(Pages\.|Users\.\w*PagesTests)/;

const text = readFileSync(process.argv[2], 'utf8');
const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
const methods = new Map();
for (const [, tag, body] of text.matchAll(/<UnitTest ([^>]*)>(.*?)<\/UnitTest>/gs)) {
  const method = /<TestMethod ([^>]*)>/.exec(body)?.[1] ?? '';
  methods.set(attribute(tag, 'id'), `${attribute(method, 'className')}.${attribute(method, 'name')}`);
}

const failed = [...text.matchAll(/<UnitTestResult ([^>]*outcome="Failed"[^>]*)>/g)].map(([, tag]) => methods.get(attribute(tag, 'testId')));
// A runner that died, or a fixture that could not be taken down, is no failed test.
const died = [...text.matchAll(/<RunInfo [^>]*outcome="Error"[^>]*>.*?<Text>(.*?)<\/Text>/gs)].some(([, words]) => !words.includes('[FAIL]'));
if (!died && failed.length > 0 && failed.length <= most && failed.every((name) => mayTryAgain.test(name))) {
  console.log([...new Set(failed)].map((name) => `FullyQualifiedName=${name}`).join('|'));
}
