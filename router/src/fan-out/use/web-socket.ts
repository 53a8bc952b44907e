import type { IncomingMessage } from 'node:http';
import type { Logger } from '@airline/observability';
import {
  type ClientSocket,
  iterator,
  type Limits,
  serveWebSockets,
  type WebSockets,
} from '@airline/service/server';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  GraphQLSchema,
  Kind,
  type OperationTypeNode,
} from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import type { Visit } from '../../admission/visit.ts';
import type { Clock } from '../../clock.ts';
import { systemClock } from '../../clock.ts';
import { parseExactJson } from '../../raw-json.ts';
import { isRefused, type Refused } from '../../refusal.ts';
import type { Client, OperationResult } from '../../request.ts';
import { requestExpired, tokenExpired } from '../errors.ts';
import { createExpiry } from '../expiry.ts';
import type { Member } from '../member.ts';
import { type Facade, FormattedError, type Headers, type Runnable } from './facade.ts';

/** What may be unsent to a client that does not read. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;
const TOKEN_EXPIRED = 'The token expired';
/** https://www.iana.org/assignments/websocket/websocket.xhtml */
const TRY_AGAIN_LATER = 1013;

export interface WebSocketOptions<Prepared extends Runnable> {
  readonly facade: Facade<Prepared>;
  readonly limits: Limits;
  readonly pingIntervalMs?: number | undefined;
  /** Default the system's. */
  readonly clock?: Clock;
  readonly logger: Logger;
}

interface Connection {
  readonly request: IncomingMessage;
  readonly socket: ClientSocket;
  /** Undefined until the connection is acknowledged. */
  client: Client | undefined;
  isClosed: boolean;
  /** Its subscriptions, which end when its token expires. */
  readonly members: Set<Member>;
}

/** An operation in flight in graphql-ws. */
interface Run<Prepared> {
  readonly id: string;
  readonly prepared: Prepared;
  readonly connection: Connection;
  readonly visit: Visit;
}

/** Operations of any type over WebSockets. */
export function serveClients<Prepared extends Runnable>({
  facade,
  limits,
  pingIntervalMs,
  clock = systemClock,
  logger,
}: WebSocketOptions<Prepared>): WebSockets {
  const expiry = createExpiry<Connection>(clock, ({ members, socket }) => {
    for (const member of members) member.end(tokenExpired, { dropQueued: true });
    // After their errors, which are sent as soon as graphql-ws has read them.
    setImmediate(() => socket.close(CloseCode.Forbidden, TOKEN_EXPIRED));
  });
  // What `onSubscribe` has put there.
  const runOf = ({ contextValue }: ExecutionArgs) => contextValue as Run<Prepared>;

  /** An operation that its client ends, or whose socket closes, has left. */
  async function admit({ client, socket }: Connection, id: string, bytes: number) {
    if (!client) throw new Error('graphql-ws passed an operation on before its connection was acknowledged.');
    const visit = facade.admit(client.source);
    if (isRefused(visit)) return visit;
    const signal = socket.signalOf(id);
    signal.addEventListener('abort', () => visit.leave());
    if (signal.aborted) visit.leave();
    const refused = await visit.start(bytes);
    if (refused) visit.leave();
    return refused ?? { visit, client };
  }

  /** Not in `onSubscribe`, which would hold on to the payload while a refusal is held. */
  async function begin(connection: Connection, id: string): Promise<Run<Prepared> | Refused> {
    const { payload, bytes } = connection.socket.take(id);
    const admitted = await admit(connection, id, bytes);
    if (isRefused(admitted)) return admitted;
    const { visit, client } = admitted;
    const prepared = await facade.prepare(payload, client).catch((error: unknown) => {
      visit.end();
      throw error;
    });
    // The limits of subscriptions count those from here on. What its client has ended meanwhile, graphql-ws does not execute.
    const isOver = isRefused(prepared) || prepared.type === 'subscription';
    if (isOver || connection.socket.signalOf(id).aborted) visit.end();
    return isRefused(prepared) ? prepared : { id, prepared, connection, visit };
  }

  async function refuse(refused: Refused, { client }: Connection): Promise<FormattedError> {
    if (client) await facade.hold(client.source, refused);
    return new FormattedError(refused.errors);
  }

  const protocol = makeServer<Record<string, unknown>, Connection>({
    onConnect: async (context) => {
      const { extra: connection, connectionParams } = context;
      const { request } = connection;
      const headers = { ...request.headers, ...headersIn(connectionParams) };
      // graphql-ws would keep them while the socket is open.
      Reflect.deleteProperty(context, 'connectionParams');
      const client = await facade.identify(request, headers);
      if (isRefused(client)) {
        connection.socket.close(...closingOf(client));
        return false;
      }
      connection.client = client;
      if (!connection.isClosed) expiry.add(client.authority.expiresAt, connection);
      return true;
    },
    onSubscribe: async ({ extra: connection }, id) => {
      const begun = await begin(connection, id);
      if (isRefused(begun)) return [await refuse(begun, connection)];
      return { document: documentOf(begun.prepared.type), contextValue: begun, schema: NO_SCHEMA };
    },
    // graphql-ws expects errors as graphql-js has them, and would call their toJSON. These are formatted already, so
    // the results of this and the next two functions are cast.
    execute: (args) => {
      const { id, prepared, connection, visit } = runOf(args);
      const execute = () => facade.execute(prepared, connection.socket.signalOf(id));
      const result = visit.inTurn(prepared.cost, execute) as Promise<ExecutionResult>;
      return result.finally(() => visit.end(prepared.planned));
    },
    subscribe: (args) => {
      const { prepared, connection } = runOf(args);
      // graphql-ws keeps it while the subscription lasts, and what is planned holds on to its supergraph.
      args.contextValue = undefined;
      const member = facade.subscribe(prepared, connection);
      if (isRefused(member)) {
        return iterator(async () => {
          throw await refuse(member, connection);
        });
      }
      // Formatted already, as above.
      return resultsOf(member, connection) as AsyncIterableIterator<ExecutionResult>;
    },
    // Formatted already, as above.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) => errors.flatMap(formattedOf),
    onClose: ({ extra: connection }) => {
      connection.isClosed = true;
      expiry.remove(connection.client?.authority.expiresAt, connection);
    },
  });

  return serveWebSockets({
    protocol,
    parse: parseExactJson,
    extra: (request, socket) => ({
      request,
      socket,
      client: undefined,
      isClosed: false,
      members: new Set<Member>(),
    }),
    limits,
    logger,
    pingIntervalMs,
    maxUnsentBytes: MAX_UNSENT_BYTES,
  });
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

/** An operation as graphql-ws must know it: by its type alone. */
const documentOf = (operation: Runnable['type']): DocumentNode => {
  const selectionSet = { kind: Kind.SELECTION_SET, selections: [] } as const;
  // graphql-js types the kinds and the operation types as enums, whose values these are.
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      { kind: Kind.OPERATION_DEFINITION, operation: operation as OperationTypeNode, selectionSet },
    ],
  };
};

/** graphql-ws asks for a schema, which only its own execution would use. */
const NO_SCHEMA = new GraphQLSchema({});

/** The errors that end a subscription are a message of their own in this protocol, for which graphql-ws wants a rejection. */
function resultsOf(
  member: Member,
  { members }: Connection,
): AsyncIterableIterator<OperationResult, undefined> {
  members.add(member);
  return iterator(
    async () => {
      const result = await member.next();
      const isFailure = result.value !== undefined && result.value === member.failure;
      if (isFailure || result.done) members.delete(member);
      if (isFailure) throw new FormattedError(member.failure?.errors ?? []);
      return result;
    },
    () => {
      members.delete(member);
      return member.return();
    },
  );
}

function formattedOf(error: GraphQLError): readonly GraphQLFormattedError[] {
  const known = error instanceof FormattedError ? error : error.originalError;
  return known instanceof FormattedError ? known.all : [error.toJSON()];
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
