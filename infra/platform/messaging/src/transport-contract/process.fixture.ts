import { onTestFinished } from 'vitest';
import { type Listener, listener, type Publisher } from '../stream.fixture.ts';
import type { Consuming, Running, Transport } from '../transport.ts';

/** Makes a transport, as a process that starts does. */
export type StartTransport = () => Transport;

/** A process that publishes and listens. It runs until it is stopped, or to the end of the test. */
export function startProcess(start: StartTransport, publisher: Publisher) {
  const transport = start();
  const running = new Set<Running>();
  const listeners = new Set<Listener>();
  const closeLater = <R extends Running>(started: R): R => {
    running.add(started);
    return started;
  };
  const stop = async () => {
    await Promise.all([...running].map((each) => each.close()));
    running.clear();
  };
  onTestFinished(async () => {
    for (const each of listeners) each.bury();
    await stop();
  });
  return {
    transport,
    stop,
    publish: () => closeLater(transport.publish(publisher)),
    consume: (group: string, one = listener()): Listener & Consuming => {
      listeners.add(one);
      const reading = closeLater(transport.consume({ stream: publisher.stream, group }, one.deliver));
      return { ...one, ...reading };
    },
    tail: async (from?: number) => {
      const received: number[] = [];
      const receive = (entries: readonly { seq: number }[]) =>
        void received.push(...entries.map(({ seq }) => seq));
      const tail = closeLater(await transport.tail(publisher.stream, receive, from));
      return { tail, received };
    },
  };
}

/** A process that publishes from its start. */
export function startPublishing(start: StartTransport, publisher: Publisher) {
  const process = startProcess(start, publisher);
  process.publish();
  return process;
}
