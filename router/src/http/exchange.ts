import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Health } from '@airline/service/server';

/** One HTTP request and its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The request's id: its `x-request-id`, or a new one. */
  readonly id: string;
  /** Of the server it came to; once that shuts down, a response closes its connection. */
  readonly health: Health;
}
