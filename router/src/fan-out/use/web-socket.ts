import type { Logger } from '@airline/observability';
import { iterator, type Limits, serveWebSockets, type WebSockets } from '@airline/service/server';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLSchema,
  Kind,
  type OperationTypeNode,
} from 'graphql';
import { makeServer, type ServerOptions } from 'graphql-ws';
import { type Clock, systemClock } from '../../clock.ts';
import { parseExactJson } from '../../raw-json.ts';
import { isRefused } from '../../refusal.ts';
import type { Runnable } from '../../request.ts';
import type { Facade } from './facade.ts';
import { type Connection, createConnections } from './socket-connection.ts';
import { begin, formattedOf, type Run, refuse, resultsOf } from './socket-operation.ts';

/** What may be unsent to a client that does not read. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

export interface WebSocketOptions<Prepared extends Runnable> {
  readonly facade: Facade<Prepared>;
  readonly limits: Limits;
  readonly pingIntervalMs?: number | undefined;
  /** Default the system's. */
  readonly clock?: Clock;
  readonly logger: Logger;
}

/** Operations of any type over WebSockets. */
export function serveClients<Prepared extends Runnable>({
  facade,
  clock = systemClock,
  ...options
}: WebSocketOptions<Prepared>): WebSockets {
  const connections = createConnections(facade, clock);
  const protocol = makeServer<Record<string, unknown>, Connection>({
    onConnect: (context) => {
      const { extra: connection, connectionParams } = context;
      // graphql-ws would keep them while the socket is open.
      Reflect.deleteProperty(context, 'connectionParams');
      return connections.acknowledge(connection, connectionParams);
    },
    onClose: ({ extra: connection }) => connections.closed(connection),
    ...operationsOf(facade),
  });
  return serveWebSockets({
    ...options,
    protocol,
    parse: parseExactJson,
    extra: connections.accept,
    maxUnsentBytes: MAX_UNSENT_BYTES,
  });
}

/**
 * What graphql-ws does with operations. It expects results and errors as graphql-js has them, and would call the errors' toJSON;
 * here they are formatted already, and cast.
 */
function operationsOf<Prepared extends Runnable>(
  facade: Facade<Prepared>,
): Pick<
  ServerOptions<Record<string, unknown>, Connection>,
  'onSubscribe' | 'execute' | 'subscribe' | 'onNext' | 'onError'
> {
  // What `onSubscribe` has put there.
  const runOf = ({ contextValue }: ExecutionArgs) => contextValue as Run<Prepared>;
  return {
    onSubscribe: async ({ extra: connection }, id) => {
      const begun = await begin(facade, connection, id);
      if (isRefused(begun)) return [await refuse(facade, begun, connection)];
      return { document: documentOf(begun.prepared.type), contextValue: begun, schema: NO_SCHEMA };
    },
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
          throw await refuse(facade, member, connection);
        });
      }
      return resultsOf(member, connection) as AsyncIterableIterator<ExecutionResult>;
    },
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) => errors.flatMap(formattedOf),
  };
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
