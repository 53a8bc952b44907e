import type { IncomingMessage } from 'node:http';
import type { ClientSocket } from '@airline/service/server';
import { CloseCode } from 'graphql-ws';
import type { Clock } from '../../clock.ts';
import { isRefused, type Refused } from '../../refusal.ts';
import type { Client } from '../../request.ts';
import { requestExpired, tokenExpired } from '../errors.ts';
import { createExpiry } from '../expiry.ts';
import type { Member } from '../member.ts';
import type { Facade, Headers } from './facade.ts';

const TOKEN_EXPIRED = 'The token expired';
/** https://www.iana.org/assignments/websocket/websocket.xhtml */
const TRY_AGAIN_LATER = 1013;

/** A client's WebSocket. */
export interface Connection {
  readonly request: IncomingMessage;
  readonly socket: ClientSocket;
  /** Undefined until the connection is acknowledged. */
  client: Client | undefined;
  isClosed: boolean;
  /** Its subscriptions, which end when its token expires. */
  readonly members: Set<Member>;
}

/** Knows whose connections are, for as long as their tokens are valid. */
export function createConnections({ identify }: Pick<Facade, 'identify'>, clock: Clock) {
  const expiry = createExpiry<Connection>(clock, ({ members, socket }) => {
    for (const member of members) member.end(tokenExpired, { dropQueued: true });
    // After their errors, which are sent as soon as graphql-ws has read them.
    setImmediate(() => socket.close(CloseCode.Forbidden, TOKEN_EXPIRED));
  });

  return {
    accept: (request: IncomingMessage, socket: ClientSocket): Connection => ({
      request,
      socket,
      client: undefined,
      isClosed: false,
      members: new Set(),
    }),

    /** @returns whether its client is known; else it is closed */
    async acknowledge(
      connection: Connection,
      parameters: Readonly<Record<string, unknown>> | undefined,
    ): Promise<boolean> {
      const { request, socket } = connection;
      const client = await identify(request, { ...request.headers, ...headersIn(parameters) });
      if (isRefused(client)) {
        await socket.close(...closingOf(client));
        return false;
      }
      connection.client = client;
      if (!connection.isClosed) expiry.add(client.authority.expiresAt, connection);
      return true;
    },

    closed(connection: Connection): void {
      connection.isClosed = true;
      expiry.remove(connection.client?.authority.expiresAt, connection);
    },
  };
}

/**
 * How a socket closes whose client is not known: with 4403 those come back that have a new token, with 1013 (IANA) all; with
 * 4401 none, as graphql-ws takes that for a mistake of theirs.
 */
function closingOf({ status, errors }: Refused): [code: number, reason: string] {
  if (status === 503) return [TRY_AGAIN_LATER, 'Try again later'];
  if (errors === requestExpired.errors) return [CloseCode.Forbidden, TOKEN_EXPIRED];
  return [CloseCode.Unauthorized, 'Unauthorized'];
}

/** Browsers cannot set headers on a WebSocket: `connectionParams` stand for them, themselves or as `headers`. */
function headersIn(parameters: Readonly<Record<string, unknown>> | undefined): Headers {
  const nested = parameters?.headers;
  const all = [parameters, typeof nested === 'object' ? nested : undefined]
    .flatMap((each) => Object.entries(each ?? {}))
    .map(([name, value]): [string, unknown] => [name.toLowerCase(), value]);
  const texts = all.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const credentials = new Set(
    all.flatMap(([name, value]) => (name === 'authorization' ? [value ?? ''] : [])),
  );
  // Several, or what is no text, are none that could be taken for no credentials.
  const areOdd = credentials.size > 1 || [...credentials].some((each) => typeof each !== 'string');
  return { ...Object.fromEntries(texts), ...(areOdd && { authorization: [...credentials].map(String) }) };
}
