import { randomBytes } from 'node:crypto';
import { command } from '@airline/service/server';
import { startEmbedded, startOnRedis } from '../system.ts';
import { bookTraced, settledTraces, tracedTo } from './book.ts';
import { startOtlpReceiver } from './otlp-receiver.ts';
import { traceTree } from './tree.ts';

// One booking and all that it causes, as one trace: `npm run trace`, on the embedded transport with `-- --embedded`.

const { values } = command({
  usage: `Usage: npm run trace [-- --embedded]
  One booking and all that it causes, as one trace; on Redis, or with --embedded without. Some seconds.`,
  options: { embedded: { type: 'boolean', default: false } },
});
await using receiver = await startOtlpReceiver();
await using system = await (values.embedded ? startEmbedded : startOnRedis)(tracedTo(receiver));
// The first booking of a process compiles what the later ones use.
await bookTraced(system.url, randomBytes(16).toString('hex'));
const { traceId } = await bookTraced(system.url, randomBytes(16).toString('hex'));
const spans = await settledTraces(receiver, 2);
process.stdout.write(`${traceTree(spans.filter((span) => span.traceId === traceId))}\n`);
