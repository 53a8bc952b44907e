import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { type StartTransport, startProcess, startPublishing } from './process.fixture.ts';

export function groupContract(start: StartTransport): void {
  describe('for a group', () => {
    test('delivers what was in the log before the group was there, and what comes later, in order', async () => {
      const source = publisher();
      await source.write(250);
      const { consume } = startPublishing(start, source);
      const one = consume('one');
      for (let more = 0; more < 5; more += 1) await source.write(50);
      await until('all are delivered', () => one.delivered.length >= 500);
      expect(one.seqs()).toEqual(run(1, 500));
      expect(one.delivered).toEqual(
        (await source.log.read(0, 500)).map((entry) => ({ ...entry, deliveries: 1 })),
      );
    });

    test('delivers to a group that was there before the publisher', async () => {
      const source = publisher();
      const { publish, consume } = startProcess(start, source);
      const one = consume('one');
      await source.write(2);
      publish();
      await source.write(1);
      await until('all are delivered', () => one.delivered.length >= 3);
      expect(one.seqs()).toEqual([1, 2, 3]);
    });

    test('delivers everything to each group', async () => {
      const source = publisher({ groups: ['one', 'two'] });
      const { consume } = startPublishing(start, source);
      const [one, two] = [listener(), listener()];
      consume('one', one);
      await source.write(3);
      await until('one has all', () => one.delivered.length >= 3);
      consume('two', two);
      await source.write(1);
      await until('both have all', () => one.delivered.length >= 4 && two.delivered.length >= 4);
      expect([one.seqs(), two.seqs()]).toEqual([run(1, 4), run(1, 4)]);
    });

    test('resumes behind what was acknowledged before a restart', async () => {
      const source = publisher();
      await source.write(3);
      const first = startPublishing(start, source);
      const before = first.consume('one');
      await until('all are delivered', () => before.delivered.length >= 3);
      await first.stop();

      const second = startPublishing(start, source);
      const after = second.consume('one');
      await source.write(2);
      await until('the rest is delivered', () => after.delivered.length >= 2);
      expect(after.seqs()).toEqual([4, 5]);
      expect(after.delivered.map(({ deliveries }) => deliveries)).toEqual([1, 1]);
    });

    test('reports how far it is, and by which members', async () => {
      const source = publisher();
      await source.write(300);
      const { transport, consume } = startPublishing(start, source);
      const one = consume('one', listener({ diesOn: [1] }));
      // More than one batch, so that some are not delivered while it holds the first.
      const { lag, pending, members } = await until('all are published', async () => {
        const found = await one.progress().catch(() => undefined);
        return found && one.delivered.length > 0 && found.lag + found.pending === 300 && found;
      });
      expect({ lag, pending }).toEqual({ lag: 300 - one.delivered.length, pending: one.delivered.length });
      expect(lag).toBeGreaterThan(0);
      expect(members).toEqual([{ name: transport.member, idleMs: expect.any(Number), pending }]);
      one.bury();
      one.acknowledge(one.seqs());
      const two = consume('two');
      await until('another has all of it', () => two.delivered.length >= 300);
      await until('nothing is left to it', async () => {
        const { lag, pending } = await two.progress();
        return lag === 0 && pending === 0;
      });
    });

    test('delivers nothing after it was closed', async () => {
      const source = publisher({ groups: ['one', 'two'] });
      const { consume } = startPublishing(start, source);
      const [one, two] = [listener(), listener()];
      const reading = consume('one', one);
      consume('two', two);
      await source.write(1);
      await until('one has it', () => one.delivered.length >= 1);
      await reading.close();
      await source.write(1);
      await until('two has all', () => two.delivered.length >= 2);
      expect(one.seqs()).toEqual([1]);
    });

    test('waits for a publisher that stops and comes back', async () => {
      const source = publisher();
      const { publish, consume } = startProcess(start, source);
      const one = consume('one');
      const publishing = publish();
      await source.write(2);
      await until('both are delivered', () => one.delivered.length >= 2);
      await publishing.close();
      await source.write(2);
      publish();
      await until('the rest is delivered', () => one.delivered.length >= 4);
      expect(one.seqs()).toEqual([1, 2, 3, 4]);
    });

    test('has nothing published when its publisher was closed before it was open', async () => {
      const source = publisher();
      const { publish, consume, stop } = startProcess(start, source);
      const one = listener();
      publish();
      consume('one', one);
      await stop();
      await source.write(1);
      expect(one.seqs()).toEqual([]);
    });

    test('has no last error', async () => {
      const source = publisher();
      const { transport } = startPublishing(start, source);
      await until('it has no last error', () => transport.lastError() === undefined);
      expect(transport.description).not.toBe('');
    });
  });
}
