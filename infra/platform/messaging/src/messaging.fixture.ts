import type { Reaction } from '@airline/database';
import { noTelemetry, type Telemetry } from '@airline/observability';
import type { PublishedEvent } from '@airline/schema/events';
import { account, deposit, openSample, type Sample, type SampleState } from '@airline/testing/sample';
import { eq } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { type MessagingOptions, type RunningMessaging, startMessaging } from './messaging.ts';
import { silent } from './stream.fixture.ts';
import type { Transport } from './transport.ts';

type Policy = (event: PublishedEvent<'RemainingSeatsIncreased'>) => Reaction<SampleState>;

function open(service: 'flight' | 'reservation'): Sample {
  const sample = openSample({ service });
  onTestFinished(() => sample[Symbol.asyncDispose]());
  return sample;
}

/** The service `flight`, which only publishes, and `reservation`, which counts what it handles in one account. */
export function services(transport: Transport, telemetry: Telemetry = noTelemetry) {
  const [flight, reservation] = [open('flight'), open('reservation')];
  const base = {
    transport,
    logger: silent,
    now: () => new Date(),
    random: () => 0,
    backoff: { firstMs: 1, longestMs: 5 },
  };
  const started = (running: RunningMessaging) => {
    onTestFinished(() => running.close());
    return running;
  };
  const count: Policy = () => deposit('received', 1);
  return {
    flight: flight.store,
    reservation: reservation.store,
    count,
    startFlight: (own: Partial<MessagingOptions<SampleState>> = {}) =>
      started(
        startMessaging({ ...base, service: 'flight', store: flight.store, policies: {}, telemetry, ...own }),
      ),
    startReservation: (policy: Policy, own: Partial<MessagingOptions<SampleState>> = {}) =>
      started(
        startMessaging<SampleState>({
          ...base,
          service: 'reservation',
          store: reservation.store,
          policies: { RemainingSeatsIncreased: policy },
          ...own,
        }),
      ),
    write: async (events: number) => {
      await Promise.all(Array.from({ length: events }, () => flight.store.transact(deposit('a', 1))));
    },
    received: async () =>
      (await reservation.store.read.select(account, eq(account.id, 'received')))[0]?.balance ?? 0,
  };
}
