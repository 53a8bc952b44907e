import { type AuthorizedClient, authorizedClient } from '../../../sign-in/authorized-client.ts';
import type { Session } from '../../../sign-in/session.ts';
import { createValue, type Value } from '../../../value.ts';
import { type Connection, type ConnectionEvent, nextConnection } from './connection.ts';
import type { Subscribe } from './stream.ts';

const PING_MS = 10_000;
/** Timeout of the response to a ping, and to the opening of a connection. */
const PONG_TIMEOUT_MS = 5_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

export interface Socket {
  readonly subscribe: Subscribe;
  readonly connection: Value<Connection>;
}

/** The page's only WebSocket. It connects again for as long as the page is there. */
export function openSocket(url: string, session: Session): Socket {
  const connection = createValue<Connection>({ state: 'connecting' });
  const dispatch = (event: ConnectionEvent) =>
    connection.set(nextConnection(connection.get(), event, Date.now()));
  let open: WebSocket | undefined;
  let pongTimeout: ReturnType<typeof setTimeout> | undefined;
  let retryNow = () => {};

  const { client, renewed } = authorizedClient({
    url,
    session,
    retryWait: (retries) =>
      new Promise((resolve) => {
        const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retries);
        retryNow = resolve;
        setTimeout(resolve, longest * (0.5 + Math.random() / 2));
      }),
    connectionAckWaitTimeout: PONG_TIMEOUT_MS,
    keepAlive: PING_MS,
    on: {
      connected: (socket) => {
        // graphql-ws types it as unknown; it is the browser’s own.
        open = socket as WebSocket;
        // Of whatever closed the last one: it owes no pong any more.
        clearTimeout(pongTimeout);
        dispatch('connected');
      },
      ping: (isReceived) => {
        if (isReceived) return;
        pongTimeout = setTimeout(() => {
          // The browser waits half a minute for the response to a close.
          if (open?.readyState === WebSocket.OPEN) client.terminate();
        }, PONG_TIMEOUT_MS);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(pongTimeout);
      },
      closed: () => dispatch('closed'),
    },
  });

  window.addEventListener('offline', () => {
    dispatch('offline');
    client.terminate();
  });
  window.addEventListener('online', () => {
    dispatch('online');
    retryNow();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') retryNow();
  });

  return { subscribe: resubscribing({ client, renewed }), connection };
}

/** Subscribes again, unnoticed, where a subscription has ended with its token and there is a new one. */
function resubscribing({ client, renewed }: AuthorizedClient): Subscribe {
  return (payload, sink) => {
    let isStopped = false;
    let stop = () => {};
    const start = () => {
      // graphql-ws does not know the type of the extensions that the router sends.
      stop = (client.subscribe as Subscribe)(payload, {
        ...sink,
        error: async (reason) => {
          const isRenewed = await renewed(reason);
          if (isStopped) return;
          if (isRenewed) start();
          else sink.error(reason);
        },
      });
    };
    start();
    return () => {
      isStopped = true;
      stop();
    };
  };
}
