import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { type StartTransport, startProcess } from './process.fixture.ts';

export function tailContract(start: StartTransport): void {
  describe('for a tail', () => {
    /** A process whose transport has everything that was written. */
    async function published(count: number) {
      const source = publisher();
      const process = startProcess(start, source);
      process.publish();
      const one = listener();
      process.consume('one', one);
      await source.write(count);
      await until('it is published', () => one.delivered.length >= count);
      return { ...process, source };
    }

    test('hears what comes from now on, in order, once', async () => {
      const { source, tail } = await published(3);
      const { heard, tail: started } = await tail();
      expect(started.from).toBe(3);
      for (let more = 0; more < 10; more += 1) await source.write(100);
      await until('all is heard', () => heard.length >= 1000);
      expect(heard).toEqual(run(4, 1003));
    });

    test('hears everything above a cursor, and then what comes', async () => {
      const { source, tail } = await published(250);
      const { heard, tail: started } = await tail(20);
      expect(started.from).toBe(20);
      await source.write(2);
      await until('all is heard', () => heard.length >= 232);
      expect(heard).toEqual(run(21, 252));
      const beginning = await tail(0);
      await until('all is heard', () => beginning.heard.length >= 252);
      expect(beginning.heard).toEqual(run(1, 252));
    });

    test('hears nothing after it was closed, while another goes on', async () => {
      const { source, tail } = await published(1);
      const [one, two] = [await tail(), await tail()];
      await source.write(1);
      await until('both hear it', () => one.heard.length >= 1 && two.heard.length >= 1);
      await one.tail.close();
      await source.write(1);
      await until('the other hears it', () => two.heard.length >= 2);
      expect(one.heard).toEqual([2]);
    });

    test('tells where the stream ends, whatever it has heard, unless it is told to give up', async () => {
      const { source, tail } = await published(3);
      const { tail: asked } = await tail(0);
      expect(await asked.end()).toBe(3);
      await source.write(20);
      await until('the end has moved', async () => (await asked.end()) === 23);
      const reason = new Error('nobody waits');
      await expect(asked.end(AbortSignal.abort(reason))).rejects.toBe(reason);
      await asked.close();
      await expect(asked.end()).rejects.toThrow('aborted');
    });

    test('goes on behind what could not be heard', async () => {
      const { source, transport } = await published(1);
      const heard: number[] = [];
      const tail = await transport.tail(source.stream, (entries) => {
        heard.push(...entries.map(({ seq }) => seq));
        if (heard.length === 1) throw new Error('no ears');
      });
      await source.write(1);
      await until('the first is heard', () => heard.length >= 1);
      await source.write(1);
      await until('the next is heard', () => heard.length >= 2);
      expect(heard).toEqual([2, 3]);
      await tail.close();
    });

    test('is ended by its signal, before it has started and after', async () => {
      const { source, transport } = await published(1);
      const reason = new Error('nobody listens');
      await expect(
        transport.tail(source.stream, () => {}, undefined, AbortSignal.abort(reason)),
      ).rejects.toBe(reason);
      const ending = new AbortController();
      const heard: number[] = [];
      const hear = (entries: readonly { seq: number }[]) => void heard.push(...entries.map(({ seq }) => seq));
      await transport.tail(source.stream, hear, undefined, ending.signal);
      await source.write(1);
      await until('it is heard', () => heard.length >= 1);
      ending.abort(reason);
      const other = await transport.tail(source.stream, hear, 2);
      await source.write(1);
      await until('the other hears it', () => heard.length >= 2);
      await other.close();
      expect(heard).toEqual([2, 3]);
    });
  });
}
