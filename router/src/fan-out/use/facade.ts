import type { IncomingMessage } from 'node:http';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Visit } from '../../admission/visit.ts';
import type { Refused } from '../../refusal.ts';
import type { Client, OperationResult, RequestParameters, Runnable } from '../../request.ts';
import type { Delivery, Member } from '../member.ts';

/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Where a client's subscription starts, and how it is delivered. */
export interface StartOptions {
  readonly cursor: string | undefined;
  readonly delivery: Delivery | undefined;
}

/** What every transport needs of the router. */
export interface Facade<Prepared extends Runnable = Runnable> {
  /** @param headers those of the HTTP request by default, or with what a WebSocket's `connectionParams` add */
  identify(request: IncomingMessage, headers?: Headers): Promise<Client | Refused>;
  /** Admits an operation of a client, or says why not. */
  admit(source: string): Visit | Refused;
  /** @returns what resolves when a refusal may be sent; undefined for at once */
  hold(source: string, refused: Refused): Promise<void> | undefined;
  prepare(parameters: RequestParameters, client: Client): Promise<Prepared | Refused>;
  /** @param signal aborts when the client no longer waits for the result */
  execute(prepared: Prepared, signal: AbortSignal): Promise<OperationResult>;
  /** @param connection the same object for all subscriptions of one socket or stream */
  subscribe(prepared: Prepared, connection: object): Member | Refused;
}

/** Reads them from a request's `extensions`. */
export function startOptions(extensions: RequestParameters['extensions']): StartOptions | Refused {
  const { cursor, delivery } = extensions ?? {};
  if (cursor != null && typeof cursor !== 'string') return badExtension('cursor', 'the cursor of an event');
  if (delivery != null && delivery !== 'all' && delivery !== 'latest') {
    return badExtension('delivery', '"all" or "latest"');
  }
  return { cursor: cursor ?? undefined, delivery: delivery ?? undefined };
}

function badExtension(name: string, expected: string): Refused {
  const field = `extensions.${name}`;
  const message = `"${field}" should be ${expected}.`;
  return { status: 400, errors: [{ message, extensions: { code: 'BAD_USER_INPUT', field } }] };
}

/** Formatted errors, for libraries that take GraphQLErrors. */
export class FormattedError extends GraphQLError {
  readonly all: readonly GraphQLFormattedError[];

  constructor(all: readonly GraphQLFormattedError[]) {
    super(all[0]?.message ?? 'Internal server error', { extensions: all[0]?.extensions });
    this.all = all;
  }
}
