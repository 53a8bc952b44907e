import type { Socket } from 'node:net';
import type { Logger } from '@airline/observability';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { HttpRefusal } from './errors.ts';
import { errorBody, refuseMalformedRequest } from './raw-response.ts';
import { internalError, refusal } from './refusal.ts';

export interface Refusals {
  onError(error: FastifyError | HttpRefusal, request: FastifyRequest, reply: FastifyReply): void;
  onNotFound(request: FastifyRequest, reply: FastifyReply): void;
  onMalformedRequest(error: NodeJS.ErrnoException, socket: Socket): void;
}

/** Fastify's handlers of errors before GraphQL: each response is a GraphQL error with a code, never a stack. */
export function refusals(options: { logger: Logger; bodyLimitBytes: number }): Refusals {
  const { logger, bodyLimitBytes } = options;

  const send = (reply: FastifyReply, refused: HttpRefusal | typeof internalError) => {
    reply
      .code(refused.status)
      .header('content-type', 'application/json; charset=utf-8')
      .send(errorBody(refused));
  };

  return {
    onError(error, request, reply) {
      const refused = error instanceof HttpRefusal ? error : fastifyRefusal(error, request, bodyLimitBytes);
      if (refused.status >= 500) logger.error({ err: error }, 'unexpected error before GraphQL');
      send(reply, refused);
    },

    onNotFound(request, reply) {
      if (request.url.split('?', 1)[0] !== '/graphql') return send(reply, refusal.unknownPath());
      const methods = ['GET', 'POST'];
      reply.header('allow', methods.join(', '));
      send(reply, refusal.wrongMethod(methods));
    },

    onMalformedRequest: refuseMalformedRequest,
  };
}

function fastifyRefusal(error: FastifyError, request: FastifyRequest, bodyLimitBytes: number) {
  const status = error.statusCode ?? 500;
  if (status >= 500) return internalError;
  if (status === 413) return refusal.tooLarge(bodyLimitBytes);
  if (status === 415) return refusal.wrongMediaType(request.headers['content-type']);
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') return refusal.notJson();
  return new HttpRefusal(status, 'BAD_REQUEST', error.message);
}
