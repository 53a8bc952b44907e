import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { HttpRefusal } from './errors.ts';

/** The body of every answer that does not come from GraphQL itself, in GraphQL's shape. */
export function errorBody({ code, message }: { code: string; message: string }): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

/** What a client reads of an unexpected error. */
export const internalError = {
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Internal server error',
} as const;

/** Refusals that every HTTP server here gives alike. */
export const refusal = {
  badRequest: (message: string) => new HttpRefusal(400, 'BAD_REQUEST', message),
  notJson: () => refusal.badRequest('The body of the request is not valid JSON, or has a forbidden key.'),
  nothingHere: () =>
    new HttpRefusal(404, 'NOT_FOUND', 'There is nothing at this path; GraphQL is at /graphql.'),
  /** Its answer needs the header `allow` with these methods, too. */
  wrongMethod: (methods: readonly string[]) =>
    new HttpRefusal(405, 'METHOD_NOT_ALLOWED', `This path is served to ${methods.join(', ')} requests only.`),
  tooLarge: (bodyLimitBytes: number) =>
    new HttpRefusal(
      413,
      'PAYLOAD_TOO_LARGE',
      `The request's body is larger than the limit of ${bodyLimitBytes} bytes.`,
    ),
  wrongMediaType(contentType: string | undefined) {
    const found = contentType === undefined ? 'no content-type' : 'another content-type';
    const message = `A POST request must be sent as application/json; this one has ${found}.`;
    return new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  },
};

/**
 * Answers what Node cannot read as HTTP, and so never becomes a request: by hand, on its socket. For the `clientError`
 * event of a server.
 */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const message = `The server cannot read this HTTP request: ${STATUS_CODES[status]}.`;
  if (socket.writable) socket.write(rawAnswer(new HttpRefusal(status, 'BAD_REQUEST', message)));
  socket.destroy(error);
}

/** A refusal as the bytes of an HTTP/1.1 answer after which the connection closes. */
export function rawAnswer({ status, code, message }: HttpRefusal): string {
  const text = errorBody({ code, message });
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8`;
  return `${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
