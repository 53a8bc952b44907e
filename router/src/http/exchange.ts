import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@airline/observability';
import {
  type Health,
  HttpRefusal,
  internalError,
  RequestError,
  refusalStatus,
} from '@airline/service/server';
import { writeError } from './write.ts';

/** One HTTP request and its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's id: its `x-request-id`, or a new one. */
  readonly id: string;
  /** Of the server it came to; once that shuts down, a response closes its connection. */
  readonly health: Health;
}

/** Does a piece of an exchange's work, and responds with what it throws or rejects with. */
export type Attempt = (exchange: Exchange, work: () => void | Promise<void>) => void;

/** HttpRefusal and RequestError reach the client as they are; anything else is logged, and masked. */
export function createAttempt(logger: Logger): Attempt {
  const fail = (exchange: Exchange, error: unknown) => {
    const { response } = exchange;
    const refused = error instanceof HttpRefusal || error instanceof RequestError;
    if (!refused) logger.error({ err: error }, 'unexpected error in an HTTP request');
    if (response.headersSent) response.destroy();
    else writeError(exchange, refused ? asHttp(error) : internalError);
  };
  return (exchange, work) => {
    try {
      work()?.catch((error: unknown) => fail(exchange, error));
    } catch (error) {
      fail(exchange, error);
    }
  };
}

function asHttp(error: HttpRefusal | RequestError) {
  if (error instanceof HttpRefusal) return error;
  return { status: refusalStatus(error), code: String(error.extensions.code), message: error.message };
}

/** What is to be done when a connection closes, for responses that are not over. */
const unfinished = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back once, when the response is over: its client has it, or has left. Node 20 closes only the first of pipelined
 * responses, so the connection counts, too.
 */
export function whenOver(
  { socket }: Pick<IncomingMessage, 'socket'>,
  response: ServerResponse,
  callback: () => void,
): void {
  let pending = unfinished.get(socket);
  if (!pending) {
    const all = new Set<() => void>();
    pending = all;
    unfinished.set(socket, all);
    socket.once('close', () => {
      for (const over of all) over();
    });
  }
  const known = pending;
  const over = () => {
    if (known.delete(over)) callback();
  };
  known.add(over);
  if (response.destroyed || socket.destroyed) over();
  else response.once('close', over);
}

/** @returns what aborts when the client leaves before its response is finished */
export function leaveSignal(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  whenOver(response.req, response, () => {
    if (!response.writableFinished) leaving.abort();
  });
  return leaving.signal;
}
