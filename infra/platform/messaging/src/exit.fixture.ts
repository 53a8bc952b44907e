import { createLogger } from '@airline/observability';
import { until } from '@airline/testing';
import { deposit, openSample } from '@airline/testing/sample';
import { createEmbeddedTransport } from './embedded/transport.ts';
import { createRedisTransport } from './redis/transport.ts';
import type { Deliver } from './transport.ts';

// A process of its own that publishes, listens and tails, closes all that, and then has to end by itself.

const [url = '', when = ''] = process.argv.slice(2);
const { store } = openSample();
const logger = createLogger({ service: 'test', level: 'silent', pretty: false });
const transport =
  url === 'embedded'
    ? createEmbeddedTransport()
    : createRedisTransport({ url, consumer: 'test', logger, now: () => new Date(), silentAfterMs: 600_000 });

let delivered = 0;
const deliver: Deliver = async (batch, acknowledge) => {
  delivered += batch.length;
  acknowledge(batch.map(({ seq }) => seq));
};

const stream = 'airline:test';
const ending = new AbortController();
const publishing = transport.publish({ stream, log: store.log, groups: ['one'] });
const reading = transport.consume({ stream, group: 'one' }, deliver);
const tail = transport.tail(stream, () => {}, undefined, ending.signal);
tail.catch(() => {});
if (when !== 'at once') await store.transact(deposit('a', 1));
if (when === 'after delivery') await until('it is delivered', () => delivered === 1);
if (when === 'after a failure')
  await until('it has failed', () => transport.lastError()?.includes('offline'));
ending.abort();
await Promise.all([publishing.close(), reading.close()]);
await store.close();
process.stdout.write('closed');
