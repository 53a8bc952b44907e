import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpRefusal } from './errors.ts';

// No more is imported: the thread that serves health holds next to nothing.

/** The body of an error before GraphQL, in the shape of a GraphQL response. */
export function errorBody({ code, message }: { code: string; message: string }): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

/**
 * Refuses what Node cannot parse as HTTP, on the bare socket, since there is no request. For a server's `clientError`
 * event.
 */
export function refuseMalformedRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const message = `Cannot read the HTTP request: ${STATUS_CODES[status]}.`;
  if (socket.writable) socket.write(rawResponse({ status, code: 'BAD_REQUEST', message }));
  socket.destroy(error);
}

/** A refusal as the text of an HTTP/1.1 response after which the connection closes. */
export function rawResponse({
  status,
  code,
  message,
}: Pick<HttpRefusal, 'status' | 'code' | 'message'>): string {
  const text = errorBody({ code, message });
  const retry = status === 429 || status === 503 ? '\r\nretry-after: 1' : '';
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close${retry}\r\ncontent-type: application/json; charset=utf-8\r\nx-content-type-options: nosniff`;
  return `${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
