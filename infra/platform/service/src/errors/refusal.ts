import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { HttpRefusal } from './errors.ts';

/** The body of an error before GraphQL, in the shape of a GraphQL response. */
export function errorBody({ code, message }: { code: string; message: string }): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

/** An unexpected error as the client sees it. */
export const internalError = {
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Internal server error',
} as const;

/** Refusals that all HTTP servers share. */
export const refusal = {
  badRequest: (message: string) => new HttpRefusal(400, 'BAD_REQUEST', message),
  withoutHost: () => refusal.badRequest('HTTP/1.1 requires a Host header (RFC 9112 3.2).'),
  unsigned: () =>
    new HttpRefusal(
      401,
      'UNAUTHENTICATED',
      'Only the router may ask this subgraph; send requests to the router.',
    ),
  unverifiable: () =>
    new HttpRefusal(
      401,
      'UNAUTHENTICATED',
      'This subgraph cannot verify on whose behalf the request is; set its SUBGRAPH_SECRET, as the router has it.',
    ),
  notJson: () => refusal.badRequest('The request body is not valid JSON, or has a forbidden key.'),
  unknownPath: () => new HttpRefusal(404, 'NOT_FOUND', 'Unknown path; GraphQL is at /graphql.'),
  unknownHost: () =>
    new HttpRefusal(403, 'FORBIDDEN', 'The Host header names no host of this server: see ALLOWED_HOSTS.'),
  foreignOrigin: () =>
    new HttpRefusal(403, 'FORBIDDEN', 'Pages of this origin may not use this server: see CORS_ORIGINS.'),
  /** The response requires the header `allow` with these methods, too. */
  wrongMethod: (methods: readonly string[]) =>
    new HttpRefusal(405, 'METHOD_NOT_ALLOWED', `Method not allowed; use ${methods.join(' or ')}.`),
  tooLarge: (bodyLimitBytes: number) =>
    new HttpRefusal(
      413,
      'PAYLOAD_TOO_LARGE',
      `The request body exceeds the limit of ${bodyLimitBytes} bytes.`,
    ),
  wrongMediaType(contentType: string | undefined) {
    const found = contentType === undefined ? 'is missing' : 'is another';
    const message = `The content-type ${found}; send application/json.`;
    return new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  },
};

/**
 * Refuses what Node cannot parse as HTTP, on the bare socket, since there is no request. For a server's `clientError`
 * event.
 */
export function refuseMalformedRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const message = `Cannot read the HTTP request: ${STATUS_CODES[status]}.`;
  if (socket.writable) socket.write(rawResponse(new HttpRefusal(status, 'BAD_REQUEST', message)));
  socket.destroy(error);
}

/** A refusal as the text of an HTTP/1.1 response after which the connection closes. */
export function rawResponse({ status, code, message }: HttpRefusal): string {
  const text = errorBody({ code, message });
  const retry = status === 429 || status === 503 ? '\r\nretry-after: 1' : '';
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close${retry}\r\ncontent-type: application/json; charset=utf-8\r\nx-content-type-options: nosniff`;
  return `${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
