import type { EventLog } from '@airline/database';
import { createLogger } from '@airline/observability';
import { deposit, openSample, type Sample, type SampleOptions } from '@airline/testing/sample';
import { onTestFinished } from 'vitest';
import type { Acknowledge, Deliver, Delivery, PublishOptions } from './transport.ts';

export const silent = createLogger({ service: 'test', level: 'silent', pretty: false });

export interface Publisher extends PublishOptions {
  readonly sample: Sample;
  readonly log: EventLog;
  /** Commits so many further events, each in a transaction of its own. */
  write(count: number): Promise<void>;
}

let streams = 0;

/** A publishing service's outbox, for a stream that no other test has. */
export function publisher(options: SampleOptions & { groups?: readonly string[] } = {}): Publisher {
  const { groups = ['one'], ...sampleOptions } = options;
  const sample = openSample(sampleOptions);
  onTestFinished(() => sample[Symbol.asyncDispose]());
  const { store } = sample;
  streams += 1;
  return {
    stream: `airline:test-${streams}`,
    groups,
    log: store.log,
    sample,
    write: async (count) => {
      await Promise.all(Array.from({ length: count }, () => store.transact(deposit('a', 1))));
    },
  };
}

/** `first` to `last`. */
export const run = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

export interface Listener {
  readonly deliver: Deliver;
  readonly delivered: Delivery[];
  seqs(): number[];
  /** Acknowledges later. */
  readonly acknowledge: Acknowledge;
  /** Lets a delivery return on which it has died, so that the test can clean up. */
  bury(): void;
}

/** Takes what it is given and acknowledges it, but for the numbers that it `leaves`, and it dies on `diesOn`. */
export function listener({
  leaves = [],
  diesOn = [],
}: {
  leaves?: number[];
  diesOn?: number[];
} = {}): Listener {
  const delivered: Delivery[] = [];
  const end = Promise.withResolvers<void>();
  let latest: Acknowledge = () => {};
  const deliver: Deliver = async (batch, acknowledge) => {
    latest = acknowledge;
    delivered.push(...batch);
    if (batch.some(({ seq }) => diesOn.includes(seq))) await end.promise;
    else {
      const done = batch.map(({ seq }) => seq).filter((seq) => !leaves.includes(seq));
      if (done.length > 0) acknowledge(done);
    }
  };
  const seqs = () => delivered.map(({ seq }) => seq);
  return { deliver, delivered, seqs, acknowledge: (done) => latest(done), bury: end.resolve };
}
