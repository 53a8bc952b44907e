import { readFileSync } from 'node:fs';
import { createEmbeddedTransport, type Transport } from '@airline/messaging';
import { noTelemetry, type Telemetry } from '@airline/observability';
import { recording } from '@airline/observability/recorded-lines';
import { subscriber } from '@airline/testing';
import { account, deposit, openSample, type Sample } from '@airline/testing/sample';
import { eq } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { badUserInput } from '../errors/errors.ts';
import { createLoader } from '../graphql/loader.ts';
import { idle } from '../graphql/service-status.fixture.ts';
import { subgraphSchema } from '../graphql/subgraph-schema.ts';
import { serveSubgraph } from '../runtime/serve-subgraph.ts';
import { subgraphHealth } from '../runtime/subgraph-health.ts';
import { startFeed } from './feed.ts';
import type { FeedEvent } from './feed-event.ts';
import { createReplays, type Replays } from './replays.ts';
import { subscribeToUpdates, type Update } from './updates.ts';

export const topicOf = (id: string | null | undefined) => (id == null ? 'all' : `account ${id}`);

type Account = { readonly id: string; readonly balance: number };
type BalanceUpdate = Update<'RemainingSeatsIncreased', Account>;

/** How much one pushed account weighs when its padding is asked for. */
export const PADDING = 64 * 1024;

/** A database until the test ends. */
export function startSample(): Sample {
  const sample = openSample();
  onTestFinished(() => sample[Symbol.asyncDispose]());
  return sample;
}

/** A database with its feed, what the feed has received live, and for which events it has looked up topics. */
export function startSampleFeed(transport: Transport, sample = startSample(), replays = createReplays()) {
  const { logger, lines: log } = recording('info');
  const asked: number[] = [];
  const received: number[] = [];
  const { store, database } = sample;
  const feed = startFeed({
    service: 'flight',
    log: store.log,
    logger,
    replays,
    topicsOf: ({ seq, subject }: FeedEvent) => {
      asked.push(seq);
      return [topicOf(null), topicOf(subject)];
    },
    transport: {
      ...transport,
      tail: (stream, receive, ...rest) => {
        const observe: typeof receive = (entries) => {
          receive(entries);
          received.push(...entries.map(({ seq }) => seq));
        };
        return transport.tail(stream, observe, ...rest);
      },
    },
  });
  onTestFinished(() => feed.close());
  const pay = (id: string, times = 1) =>
    Promise.all(Array.from({ length: times }, () => store.transact(deposit(id, 1))));
  return { feed, asked, received, log, logger, store, database, pay };
}

/** Publishes what is written to a database, as its service does. */
export function publish(transport: Transport, { store }: Pick<Sample, 'store'>): void {
  const relay = transport.publish({ stream: 'airline:flight', log: store.log, groups: [] });
  onTestFinished(() => relay.close());
}

interface ServeSampleOptions {
  readonly transport?: Transport;
  readonly sample?: Sample;
  readonly replays?: Replays;
  readonly telemetry?: Telemetry;
  readonly metricsPort?: number;
  readonly healthPort?: number;
  readonly subgraphSecret?: string;
}

/** A subgraph with subscriptions on a free port of this machine. */
export async function serveSample({
  transport = createEmbeddedTransport(),
  sample = startSample(),
  replays,
  telemetry = noTelemetry,
  metricsPort,
  healthPort,
  subgraphSecret,
}: ServeSampleOptions = {}) {
  const source = startSampleFeed(transport, sample, replays);
  publish(transport, sample);
  const { feed, store, logger } = source;
  let padded = 0;
  const balanceOf = async (id: string) => (await store.read.select(account, eq(account.id, id)))[0];
  const resolvers = {
    Subscription: {
      balanceChanged: {
        subscribe: (_: unknown, { id }: { id?: string }, { start }: Context) =>
          subscribeToUpdates<'RemainingSeatsIncreased', Account>({
            feed,
            start,
            topic: topicOf(id),
            state: id == null ? undefined : () => balanceOf(id),
            isNewer: (event, state) => event.published().data.remainingSeatsCount > state.balance,
          }),
        resolve: ({ state, event }: BalanceUpdate) =>
          state ?? { id: event.subject, balance: event.published().data.remainingSeatsCount },
      },
      refused: { subscribe: () => Promise.reject(badUserInput('id', 'Not this one.')) },
      broken: { subscribe: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432')) },
    },
    Account: {
      latestBalance: async ({ id }: Account, _: unknown, { balances }: Context) =>
        (await balances.load(id))?.balance,
      caller: (_: unknown, __: unknown, { caller }: Context) => JSON.stringify(caller),
      secret: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432')),
      padding: () => {
        padded += 1;
        return '#'.repeat(PADDING);
      },
    },
  };
  const context = (request: Parameters<Parameters<typeof serveSubgraph>[0]['context']>[0]) => ({
    ...request,
    balances: createLoader({ read: store.read, table: account, column: account.id, keyOf: ({ id }) => id }),
  });
  type Context = ReturnType<typeof context>;
  const sdl = readFileSync(new URL('./sample.graphql', import.meta.url), 'utf8');
  const runtime = {
    now: () => new Date(),
    newId: () => 'id',
    random: () => 0,
    logger,
    transport,
    telemetry,
  };
  const server = await serveSubgraph({
    service: 'flight',
    config: {
      host: '127.0.0.1',
      allowedHosts: undefined,
      port: 0,
      dataDir: '',
      databaseUrl: '',
      databasePoolSize: 10,
      redisUrl: undefined,
      takeOverAfterMs: 30_000,
      drainMs: 0,
      logLevel: 'info',
      subgraphSecret,
      version: '1',
      telemetry: { metricsPort, healthPort, logLevelFile: undefined, traces: undefined },
    },
    runtime,
    health: subgraphHealth({ runtime, store, fault: () => undefined }),
    schema: subgraphSchema({
      service: 'flight',
      sdl,
      resolvers,
      deadLetters: store.deadLetters,
      status: idle,
    }),
    context,
  });
  const client = subscriber(server.url);
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return { ...source, server, subscribe: client.subscribe, padded: () => padded };
}
