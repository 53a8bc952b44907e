import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { publisher, run } from '../stream.fixture.ts';
import { type StartTransport, startPublishing } from './process.fixture.ts';

export function tailContract(start: StartTransport): void {
  describe('for a tail', () => {
    /** A process whose transport has everything that was written. */
    async function published(count: number) {
      const source = publisher();
      const process = startPublishing(start, source);
      const one = process.consume('one');
      await source.write(count);
      await until('it is published', () => one.delivered.length >= count);
      return { ...process, source };
    }

    test('receives by default what is appended from now on, in order, once', async () => {
      const { source, tail } = await published(3);
      const { received, tail: started } = await tail();
      expect(started.from).toBe(3);
      for (let more = 0; more < 10; more += 1) await source.write(100);
      await until('all is received', () => received.length >= 1000);
      expect(received).toEqual(run(4, 1003));
    });

    test('receives everything above a cursor, and then what is appended', async () => {
      const { source, tail } = await published(250);
      const { received, tail: started } = await tail(20);
      expect(started.from).toBe(20);
      await source.write(2);
      await until('all is received', () => received.length >= 232);
      expect(received).toEqual(run(21, 252));
      const beginning = await tail(0);
      await until('all is received', () => beginning.received.length >= 252);
      expect(beginning.received).toEqual(run(1, 252));
    });

    test('receives nothing after it was closed, while another continues', async () => {
      const { source, tail } = await published(1);
      const [one, two] = [await tail(), await tail()];
      await source.write(1);
      await until('both receive it', () => one.received.length >= 1 && two.received.length >= 1);
      await one.tail.close();
      await source.write(1);
      await until('the other receives it', () => two.received.length >= 2);
      expect(one.received).toEqual([2]);
    });

    test('continues behind what its receiver threw at', async () => {
      const { source, transport } = await published(1);
      const received: number[] = [];
      const tail = await transport.tail(source.stream, (entries) => {
        received.push(...entries.map(({ seq }) => seq));
        if (received.length === 1) throw new Error('it cannot be handled');
      });
      await source.write(1);
      await until('the first is received', () => received.length >= 1);
      await source.write(1);
      await until('the next is received', () => received.length >= 2);
      expect(received).toEqual([2, 3]);
      await tail.close();
    });

    test('is ended by its signal, before it has started and after', async () => {
      const { source, transport } = await published(1);
      const reason = new Error('aborted by its caller');
      await expect(
        transport.tail(source.stream, () => {}, undefined, AbortSignal.abort(reason)),
      ).rejects.toBe(reason);
      const ending = new AbortController();
      const received: number[] = [];
      const receive = (entries: readonly { seq: number }[]) =>
        void received.push(...entries.map(({ seq }) => seq));
      await transport.tail(source.stream, receive, undefined, ending.signal);
      await source.write(1);
      await until('it is received', () => received.length >= 1);
      ending.abort(reason);
      const other = await transport.tail(source.stream, receive, 2);
      await source.write(1);
      await until('the other receives it', () => received.length >= 2);
      await other.close();
      expect(received).toEqual([2, 3]);
    });
  });
}
