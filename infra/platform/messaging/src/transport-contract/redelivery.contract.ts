import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { type Listener, listener, publisher, run } from '../stream.fixture.ts';
import { type StartTransport, startProcess, startPublishing } from './process.fixture.ts';

export function redeliveryContract(start: StartTransport): void {
  describe('what was not acknowledged', () => {
    test('is delivered again after the process died, and counted; what was is not', async () => {
      const source = publisher();
      await source.write(3);
      const first = startPublishing(start, source);
      const dying = first.consume('one', listener({ diesOn: [2, 3] }));
      await until('2 has arrived', () => dying.seqs().includes(2));
      const lost = dying.seqs();

      const second = startPublishing(start, source);
      const one = second.consume('one');
      await until('the rest is delivered', () => one.seqs().includes(2) && one.seqs().includes(3));
      expect(one.delivered.find(({ seq }) => seq === 2)?.deliveries).toBe(2);
      expect(lost).toContain(2);
      await source.write(1);
      await until('a further one is delivered', () => one.seqs().includes(4));
      expect(one.seqs().filter((seq) => seq === 2)).toEqual([2]);
    });

    test('is delivered again after a stop in good order', async () => {
      const source = publisher();
      await source.write(5);
      const first = startPublishing(start, source);
      const leaving = first.consume('one', listener({ leaves: [3] }));
      await until('all are delivered', () => leaving.delivered.length >= 5);
      await first.stop();

      const second = startPublishing(start, source);
      const one = second.consume('one');
      await until('3 is delivered', () => one.seqs().includes(3));
    });

    test('is not lost when acknowledgements come out of order, and holds back trimming', async () => {
      const source = publisher();
      const first = startPublishing(start, source);
      const late = first.consume('one', listener({ leaves: run(1, 5) }));
      await source.write(5);
      await until('all are delivered', () => late.delivered.length >= 5);
      for (const seq of [5, 4, 2, 1]) late.acknowledge([seq]);
      expect(await first.transport.trimmableUpTo(source)).toBeLessThanOrEqual(2);
      await first.stop();
      expect(await first.transport.trimmableUpTo(source)).toBeLessThanOrEqual(2);

      const second = startPublishing(start, source);
      const one = second.consume('one');
      await until('3 is delivered', () => one.seqs().includes(3));
      expect(one.seqs()).not.toContain(1);
      expect(one.seqs()).not.toContain(2);
    });

    test('does not let one event that kills its process take others with it', async () => {
      const source = publisher();
      await source.write(20);
      const lives: Listener[] = [];
      const poison = 7;
      const deliveriesOf = (wanted: number) =>
        lives
          .flatMap(({ delivered }) => delivered.filter(({ seq }) => seq === wanted))
          .map((each) => each.deliveries);
      for (let lived = 0; lived < 5; lived += 1) {
        const life = listener({ diesOn: [poison] });
        lives.push(life);
        const { publish, consume } = startProcess(start, source);
        publish();
        consume('one', life);
        await until('it has died', () => life.seqs().includes(poison));
      }
      const last = listener();
      lives.push(last);
      const { consume } = startPublishing(start, source);
      consume('one', last);
      await source.write(1);
      await until(
        'all have been delivered',
        () =>
          run(1, 21).every((seq) => lives.some((life) => life.seqs().includes(seq))) &&
          last.seqs().includes(poison),
      );
      expect(deliveriesOf(poison)).toEqual([1, 2, 3, 4, 5, 6]);
      const innocent = run(1, 21).filter((seq) => seq !== poison);
      expect(Math.max(...innocent.flatMap(deliveriesOf))).toBeLessThanOrEqual(2);
    });
  });
}
