import type { EventLog } from '@airline/database';
import { recording } from '@airline/observability/recorded-lines';
import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { transportContract } from '../transport.contract.ts';
import { startProcess, startPublishing } from '../transport-contract/process.fixture.ts';
import { createEmbeddedTransport } from './transport.ts';

describe('the embedded transport', () => {
  transportContract(() => createEmbeddedTransport());

  test('does not count stops in good order, whichever end stops first', async () => {
    const source = publisher();
    await source.write(3);
    for (const isPublisherFirst of [true, false, true, false]) {
      const { publish, consume } = startProcess(() => createEmbeddedTransport(), source);
      const publishing = publish();
      const one = listener({ leaves: [1] });
      const reading = consume('one', one);
      await until('all are delivered', () => one.delivered.length >= 3);
      expect(one.delivered.map(({ seq, deliveries }) => [seq, deliveries])).toEqual([
        [1, 1],
        [2, 1],
        [3, 1],
      ]);
      if (isPublisherFirst) await publishing.close();
      await reading.close();
      if (!isPublisherFirst) await publishing.close();
    }
  });

  test('counts only the event that nothing is left before', async () => {
    const source = publisher();
    await source.write(10);
    for (const deliveries of [1, 2, 3]) {
      const { consume } = startPublishing(() => createEmbeddedTransport(), source);
      const one = consume('one', listener({ leaves: run(1, 10) }));
      await until('all are delivered', () => one.delivered.length >= 10);
      expect(one.delivered.map((each) => each.deliveries)).toEqual([deliveries, ...run(2, 10).map(() => 1)]);
    }
  });

  test('continues after its database has failed, and logs the error once', async () => {
    const source = publisher();
    const { logger, lines } = recording();
    const { transport } = startProcess(() => createEmbeddedTransport(logger), source);
    let failures = 2;
    const log: EventLog = {
      ...source.log,
      read: async (after, limit) => {
        failures -= 1;
        if (failures >= 0) throw new Error('the disk is unavailable');
        return await source.log.read(after, limit);
      },
    };
    await source.write(3);
    const publishing = transport.publish({ ...source, log });
    const one = listener();
    const reading = transport.consume({ stream: source.stream, group: 'one' }, one.deliver);
    await until('all are delivered', () => one.delivered.length >= 3);
    expect(one.seqs()).toEqual([1, 2, 3]);
    expect(lines).toMatchObject([
      { level: 'warn', stream: source.stream, err: { message: 'the disk is unavailable' } },
    ]);
    await reading.close();
    await publishing.close();
  });

  test('closes although its position cannot be stored', async () => {
    const source = publisher();
    const { transport } = startProcess(() => createEmbeddedTransport(), source);
    const advance = async () => {
      throw new Error('the disk is full');
    };
    const publishing = transport.publish({ ...source, log: { ...source.log, advance } });
    const one = listener();
    const reading = transport.consume({ stream: source.stream, group: 'one' }, one.deliver);
    await source.write(3);
    await until('all are delivered', () => one.delivered.length >= 3);
    await publishing.close();
    await reading.close();
    expect(one.seqs()).toEqual([1, 2, 3]);
  });
});
