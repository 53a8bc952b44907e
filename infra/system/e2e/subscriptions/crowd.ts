import { WebSocket } from 'ws';

/** What one subscriber got: counts in the order in which they came, and how it ended, if it did. */
export interface Subscriber {
  readonly counts: number[];
  /** When each came, by `performance.now()`. */
  readonly times: number[];
  ended: string | undefined;
}

/** Many subscribers on few sockets. */
export interface Crowd {
  readonly subscribers: readonly Subscriber[];
  /** Nothing is read any more, from any socket, until `resume`. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

interface Message {
  readonly type: string;
  readonly id: string;
  readonly payload: { data: { customerInfoUpdated: { flightCount: number } } } & {
    extensions?: { code: string };
  }[];
}

/** Speaks `graphql-transport-ws` as leanly as can be: the load is to be the router's, not the clients'. */
export async function gather(
  url: string,
  options: { sockets: number; each: number; payload: (index: number) => object },
): Promise<Crowd> {
  const { sockets, each, payload } = options;
  const subscribers: Subscriber[] = Array.from({ length: sockets * each }, () => ({
    counts: [],
    times: [],
    ended: undefined,
  }));

  function receive(message: Message): void {
    const subscriber = subscribers[Number(message.id)];
    if (!subscriber) return;
    if (message.type === 'next') {
      subscriber.counts.push(message.payload.data.customerInfoUpdated.flightCount);
      subscriber.times.push(performance.now());
    } else if (message.type === 'error') {
      subscriber.ended = message.payload[0]?.extensions?.code;
    } else if (message.type === 'complete') {
      subscriber.ended ??= 'complete';
    }
  }

  const open = await Promise.all(
    Array.from({ length: sockets }, async (_, socketIndex) => {
      const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', {
        perMessageDeflate: false,
      });
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      const acknowledged = new Promise<void>((resolve) => {
        socket.on('message', (text) => {
          const message = JSON.parse(String(text)) as Message;
          if (message.type === 'connection_ack') resolve();
          else receive(message);
        });
      });
      socket.send('{"type":"connection_init"}');
      await acknowledged;
      for (let index = socketIndex * each; index < (socketIndex + 1) * each; index += 1) {
        socket.send(JSON.stringify({ type: 'subscribe', id: String(index), payload: payload(index) }));
      }
      return socket;
    }),
  );

  return {
    subscribers,
    pause: () => {
      for (const socket of open) socket.pause();
    },
    resume: () => {
      for (const socket of open) socket.resume();
    },
    close: async () => {
      await Promise.all(
        open.map((socket) => {
          const closed = new Promise((resolve) => socket.once('close', resolve));
          socket.close();
          return closed;
        }),
      );
    },
  };
}
