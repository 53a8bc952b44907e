import { WebSocket } from 'ws';
import { parseExactJson } from '../raw-json.ts';
import { Allowance, type AllowanceLimits } from './allowance.ts';

/** The message is too big (RFC 6455 7.4.1). */
const TOO_BIG = 1009;

/** A socket to a subgraph. Its messages are read like responses to fetches: within the same limits, with integers as they are written. */
export class SubgraphSocket extends WebSocket {
  /** @param openingMs how long each step of opening it may take */
  constructor(url: string, protocol: string, limits: AllowanceLimits, openingMs: number) {
    // The types lack `closeTimeout`, which ws has (doc/ws.md).
    const times = { handshakeTimeout: openingMs, closeTimeout: openingMs };
    super(url, protocol, { perMessageDeflate: false, maxPayload: limits.bytes, ...times });
    // graphql-ws takes a message that has been parsed; its reviver would be called for each value, which takes a hundred times as long.
    const set = (listener: WebSocket['onmessage']) => {
      const parsing = (event: WebSocket.MessageEvent) => {
        if (!this.#isTooLarge(event.data, limits)) listener?.({ ...event, data: parsed(event.data) });
      };
      Reflect.set(WebSocket.prototype, 'onmessage', listener && parsing, this);
    };
    Object.defineProperty(this, 'onmessage', { set });
  }

  #isTooLarge(data: unknown, limits: AllowanceLimits): boolean {
    if (typeof data !== 'string') return false;
    const allowance = new Allowance(limits);
    allowance.receive(data.length);
    allowance.read(data);
    if (allowance.isExceeded) this.close(TOO_BIG, 'Too many objects or lists');
    return allowance.isExceeded;
  }
}

/** @returns what is no JSON as it is: graphql-ws closes a socket for that */
function parsed(data: WebSocket.Data): WebSocket.Data {
  if (typeof data !== 'string') return data;
  try {
    // The type is that of what comes; graphql-ws declares its own as unknown.
    return parseExactJson(data) as WebSocket.Data;
  } catch {
    return data;
  }
}
