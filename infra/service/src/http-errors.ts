import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@airline/observability';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { HttpRefusal, type ProtocolCode } from './errors.ts';

/** The body of every answer that does not come from GraphQL itself, in GraphQL's shape. */
function body(code: ProtocolCode | 'NOT_FOUND' | 'INTERNAL_SERVER_ERROR', message: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

export interface Refusals {
  onError(error: FastifyError | HttpRefusal, request: FastifyRequest, reply: FastifyReply): void;
  onNotFound(request: FastifyRequest, reply: FastifyReply): void;
  onBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void;
}

/** Answers for what goes wrong before GraphQL, for Fastify's hooks: each a GraphQL error with a code, never a stack. */
export function refusals(options: { logger: Logger; bodyLimitBytes: number }): Refusals {
  const { logger, bodyLimitBytes } = options;

  const send = (reply: FastifyReply, status: number, text: string) => {
    reply.code(status).header('content-type', 'application/json; charset=utf-8').send(text);
  };

  return {
    onError(error, request, reply) {
      const { status, code, message } =
        error instanceof HttpRefusal ? error : fastifyRefusal(error, request, bodyLimitBytes);
      if (status >= 500) logger.error({ err: error }, 'unexpected error before GraphQL');
      send(reply, status, body(code, message));
    },

    onNotFound(request, reply) {
      const path = request.url.split('?', 1)[0];
      if (path !== '/graphql') {
        return send(reply, 404, body('NOT_FOUND', 'There is nothing at this path; GraphQL is at /graphql.'));
      }
      reply.header('allow', 'GET, POST');
      send(reply, 405, body('METHOD_NOT_ALLOWED', 'GraphQL is served to GET and POST requests only.'));
    },

    // What Node cannot read as HTTP never becomes a request, so this answer is written to the socket by hand.
    onBrokenRequest(error, socket) {
      if (error.code === 'ECONNRESET' || socket.destroyed) return;
      const status =
        error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
      const reason = STATUS_CODES[status];
      const text = body('BAD_REQUEST', `The server cannot read this HTTP request: ${reason}.`);
      const head = `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8`;
      if (socket.writable)
        socket.write(`${head}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      socket.destroy(error);
    },
  };
}

function fastifyRefusal(error: FastifyError, request: FastifyRequest, bodyLimitBytes: number) {
  const status = error.statusCode ?? 500;
  if (status >= 500)
    return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' } as const;
  if (status === 413) {
    const message = `The request's body is larger than the limit of ${bodyLimitBytes} bytes.`;
    return { status, code: 'PAYLOAD_TOO_LARGE', message } as const;
  }
  if (status === 415) {
    const found = request.headers['content-type'] === undefined ? 'no content-type' : 'another content-type';
    const message = `A POST request must be sent as application/json; this one has ${found}.`;
    return { status, code: 'UNSUPPORTED_MEDIA_TYPE', message } as const;
  }
  const message =
    error.code === 'FST_ERR_CTP_INVALID_JSON_BODY'
      ? 'The body of the request is not valid JSON, or has a forbidden key.'
      : error.message;
  return { status, code: 'BAD_REQUEST', message } as const;
}
