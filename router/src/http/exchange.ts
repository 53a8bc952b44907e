import type { IncomingMessage, ServerResponse } from 'node:http';
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

/** @returns what aborts when the client leaves before its response is finished */
export function leaveSignal(response: ServerResponse): AbortSignal {
  if (response.destroyed) return AbortSignal.abort();
  const leaving = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  return leaving.signal;
}
