import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Store } from '@airline/database';
import { createEmbeddedTransport, type Transport } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { freePort, tempFolder } from '@airline/testing';
import { migrations, type SampleState, tables } from '@airline/testing/sample';
import { expect, onTestFinished, test } from 'vitest';
import { defineSubgraph } from './define-subgraph.ts';
import { system } from './runtime.ts';
import type { SubgraphContext } from './start-subgraph.ts';

/** A subgraph with a feed and a worker, what of it is and was open, and what its worker calls when it is closed. */
async function sampleSubgraph(port: number) {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  mkdirSync(join(folder.path, 'src/store'), { recursive: true });
  symlinkSync(migrations, join(folder.path, 'src/store/migrations'));
  const link =
    '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@key", "@listSize", "@policy", "@shareable", "@tag"])';
  writeFileSync(join(folder.path, 'schema.graphql'), `extend schema ${link} type Query { balance: Int }`);

  const open: string[] = [];
  const everOpen = new Set<string>();
  let store: Store<SampleState> | undefined;
  const atClose = { call: async () => {} };
  const embedded = createEmbeddedTransport();
  const opened = (name: string) => {
    open.push(name);
    everOpen.add(name);
  };
  const closed = (name: string) => void open.splice(open.indexOf(name), 1);
  const observed = <Running extends { close(): Promise<void> }>(name: string, running: Running): Running => {
    opened(name);
    return { ...running, close: () => running.close().then(() => closed(name)) };
  };
  const transport: Transport = {
    ...embedded,
    publish: (...args) => observed('relay', embedded.publish(...args)),
    consume: (...args) => observed('consumer', embedded.consume(...args)),
    // A tail of a stream without a publisher has not started yet.
    tail: (stream, receive, from, signal) => {
      opened('tail');
      signal?.addEventListener('abort', () => closed('tail'));
      return embedded.tail(stream, receive, from, signal);
    },
  };
  const subgraph = defineSubgraph<SampleState, SubgraphContext<SampleState>>({
    name: 'flight',
    folder: join(folder.path, 'src'),
    tables,
    policies: {},
    resolvers: { Query: { balance: () => 7 } },
    start: (starting) => {
      store = starting.store;
      starting.feed(() => []);
      return {
        context: () => ({}),
        startWorkers: () => ({ running: [observed('worker', { close: () => atClose.call() })] }),
      };
    },
  });
  const config = subgraph.readConfig({ DATA_DIR: folder.path, FLIGHT_PORT: String(port) });
  const logger = createLogger({ service: 'flight', level: 'silent' });
  return {
    start: () => subgraph.start(config, { ...system, logger, transport }),
    open,
    everOpen,
    atClose,
    ping: async () => store?.ping(),
  };
}

test('a port that is in use is named with the remedy; no worker starts, and nothing stays open', async () => {
  const occupant = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => occupant.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void occupant.close());
  const { start, open, everOpen, ping } = await sampleSubgraph(port);
  const starting = start();
  await expect(starting).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(`port ${port} on 127.0.0.1 is in use. Set FLIGHT_PORT to a free port`),
  });
  expect([...everOpen]).toEqual(['tail']);
  expect(open).toEqual([]);
  await expect(ping()).rejects.toThrow(/not open/);
});

test('is closed in order: the server, the workers, what reads and publishes events, the database', async () => {
  const { start, open, atClose, ping } = await sampleSubgraph(0);
  const running = await start();
  const live = () => fetch(new URL('/health/live', running.url)).then(({ ok }) => ok);
  expect(await live()).toBe(true);
  expect(open.toSorted()).toEqual(['consumer', 'relay', 'tail', 'worker']);
  let seen: unknown;
  atClose.call = async () => {
    await ping();
    seen = { isServing: await live().catch(() => false), open: open.toSorted() };
  };
  await running.close();
  expect(seen).toEqual({ isServing: false, open: ['consumer', 'relay', 'tail', 'worker'] });
  expect(open).toEqual([]);
  await expect(ping()).rejects.toThrow(/not open/);
});
