import { type EventListener, MessageType, stringifyMessage } from 'graphql-ws';
import type { WebSocket } from 'ws';

/**
 * Terminates a socket whose peer does not respond to a ping: it would not respond to a closing handshake either. A ping that comes
 * before the last response is sent has none, as RFC 6455 5.5.3 has it: a peer that reads nothing would let them grow.
 */
export function pings(timeoutMs: number): {
  readonly [Name in 'opened' | 'ping' | 'pong']: EventListener<Name>;
} {
  let current: WebSocket | undefined;
  let isResponding = false;
  let due: NodeJS.Timeout | undefined;

  function respond(payload: Record<string, unknown> | undefined): void {
    if (isResponding || !current) return;
    const responding = current;
    isResponding = true;
    const pong = stringifyMessage({ type: MessageType.Pong, ...(payload && { payload }) });
    responding.send(pong, () => {
      if (current === responding) isResponding = false;
    });
  }

  return {
    opened: (socket) => {
      // graphql-ws made it of the class in link.ts.
      const opened = socket as WebSocket;
      clearTimeout(due);
      current = opened;
      isResponding = false;
      opened.once('close', () => {
        if (current === opened) clearTimeout(due);
      });
    },
    ping: (received, payload) => {
      if (received) respond(payload);
      else due = setTimeout(() => current?.terminate(), timeoutMs);
    },
    pong: (received) => {
      if (received) clearTimeout(due);
    },
  };
}
