import type { Reaction } from '@airline/database';
import { noTelemetry, type Telemetry } from '@airline/observability';
import { recording } from '@airline/observability/recorded-lines';
import type { PublishedEvent } from '@airline/schema/events';
import { account, deposit, idAt, openSample, type SampleState, said } from '@airline/testing/sample';
import { eq } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { createConsumer } from './consumer.ts';
import { createEncoder } from './envelope.ts';
import type { Policies } from './policy.ts';
import type { Delivery } from './transport.ts';

export const STREAM = 'airline:flight';
export const at = new Date('2024-11-21T10:00:00.000Z');
export const encode = createEncoder({ source: 'flight', newId: () => idAt(at), now: () => at });

/** The delivery of an event that names an account; its number is its position in the stream. */
export const delivery = (seq: number, deliveries = 1, accountId = `a${seq}`): Delivery => ({
  seq,
  event: encode(said(accountId, seq)),
  deliveries,
});

export const idOf = ({ event }: Delivery): string => JSON.parse(event).id;

export type Policy = (event: PublishedEvent<'RemainingSeatsIncreased'>) => Reaction<SampleState>;

/** Puts one into the event's account, unless a test has it fail. */
export const credit: Policy = ({ data }) => deposit(data.flightId, 1);

export function startConsumer(policy: Policy = credit, telemetry: Telemetry = noTelemetry) {
  const { store } = openSample({ service: 'reservation', now: () => at });
  const { logger, lines } = recording('debug');
  const handled: string[] = [];
  let current = policy;
  const policies: Policies<SampleState> = { RemainingSeatsIncreased: (event) => current(event) };
  const consumer = createConsumer({
    service: 'reservation',
    store,
    policies,
    logger,
    now: () => at,
    random: () => 1,
    backoff: { firstMs: 1, longestMs: 2 },
    handled: ({ id }) => handled.push(id),
    telemetry,
  });
  onTestFinished(async () => {
    await consumer.close();
    await store.close();
  });
  const acknowledged: number[] = [];
  const deliver = consumer.deliverTo(STREAM);
  const balance = async (id: string) => (await store.read.select(account, eq(account.id, id)))[0]?.balance;
  return {
    store,
    consumer,
    lines,
    handled,
    acknowledged,
    balance,
    /** Resolves when each event was tried once. */
    deliver: (...batch: Delivery[]) => deliver(batch, (seqs) => void acknowledged.push(...seqs)),
    become: (next: Policy) => {
      current = next;
    },
  };
}

/** Whether an event counts as handled; if not, it does from now on. */
export const inInbox = async ({ store }: ReturnType<typeof startConsumer>, eventId: string) =>
  !(await store.handle({ consumer: 'reservation', eventId }, { keys: {}, decide: () => ({}) }));
