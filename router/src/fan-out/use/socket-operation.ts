import { iterator } from '@airline/service/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Visit } from '../../admission/visit.ts';
import { isRefused, type Refused } from '../../refusal.ts';
import type { OperationResult, Runnable } from '../../request.ts';
import type { Member } from '../member.ts';
import { type Facade, FormattedError } from './facade.ts';
import type { Connection } from './socket-connection.ts';

/** An operation in flight in graphql-ws. */
export interface Run<Prepared> {
  /** The client's. */
  readonly id: string;
  readonly prepared: Prepared;
  readonly connection: Connection;
  readonly visit: Visit;
}

/** Admits and prepares the operation that a client has sent with this id, or says why not. */
export async function begin<Prepared extends Runnable>(
  facade: Facade<Prepared>,
  connection: Connection,
  id: string,
): Promise<Run<Prepared> | Refused> {
  const { payload, bytes } = connection.socket.take(id);
  const admitted = await admit(facade, connection, id, bytes);
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

/** An operation that its client ends, or whose socket closes, has left. */
async function admit(facade: Facade, { client, socket }: Connection, id: string, bytes: number) {
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

/** Resolves once the refusal may be sent. */
export async function refuse(
  { hold }: Pick<Facade, 'hold'>,
  refused: Refused,
  { client }: Connection,
): Promise<FormattedError> {
  if (client) await hold(client.source, refused);
  return new FormattedError(refused.errors);
}

/** The errors that end a subscription are a message of their own in this protocol, for which graphql-ws wants a rejection. */
export function resultsOf(
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

export function formattedOf(error: GraphQLError): readonly GraphQLFormattedError[] {
  const known = error instanceof FormattedError ? error : error.originalError;
  return known instanceof FormattedError ? known.all : [error.toJSON()];
}
