import { type Client, createClient } from 'graphql-ws';
import { type Connection, type ConnectionEvent, nextConnection } from './connection.ts';
import { createValue, type Value } from './value.ts';

const PING_MS = 10_000;
/** A router that does not answer for so long is taken for dead. */
const SILENCE_MS = 5_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

export interface Socket {
  readonly client: Client;
  readonly connection: Value<Connection>;
}

/** The page's only WebSocket. It connects again for as long as the page is there. */
export function openSocket(url: string): Socket {
  const connection = createValue<Connection>({ state: 'connecting' });
  const tell = (event: ConnectionEvent) =>
    connection.set(nextConnection(connection.get(), event, Date.now()));
  let open: WebSocket | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let hurry = () => {};

  const client = createClient({
    url,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => {
        const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retries);
        hurry = resolve;
        setTimeout(resolve, longest * (0.5 + Math.random() / 2));
      }),
    connectionAckWaitTimeout: SILENCE_MS,
    keepAlive: PING_MS,
    on: {
      connected: (socket) => {
        open = socket as WebSocket;
        tell('connected');
      },
      ping: (isReceived) => {
        if (isReceived) return;
        silence = setTimeout(() => {
          // A close that is not answered would take the browser half a minute to notice.
          if (open?.readyState === WebSocket.OPEN) client.terminate();
        }, SILENCE_MS);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(silence);
      },
      closed: () => {
        clearTimeout(silence);
        tell('closed');
      },
    },
  });

  window.addEventListener('offline', () => {
    tell('offline');
    client.terminate();
  });
  window.addEventListener('online', () => {
    tell('online');
    hurry();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') hurry();
  });
  return { client, connection };
}
