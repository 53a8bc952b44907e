import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusal } from '../errors/refusal.ts';
import { documentGuard } from '../limits/document-guard.ts';
import type { Limits } from '../limits/limits.ts';
import { checkExtent, jsonText, requestObject } from './json-request.ts';

/**
 * Makes Fastify accept only application/json, and refuse bodies before parsing that are empty, not UTF-8, or deeper or
 * wider than the limits.
 *
 * @param arrived called with each body first; what it throws refuses the request
 */
export function readJsonBodies(
  app: FastifyInstance,
  limits: Limits,
  arrived: (request: FastifyRequest, body: Buffer) => void,
): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    arrived(request, body);
    // It reports to `done`; the promise in its type is for custom parsers.
    void parse(request, jsonText(body, limits), done);
  });
}

/**
 * A check of each request to `/graphql` before GraphQL: the shape of its body, and its document and variables against
 * the limits.
 *
 * @throws HttpRefusal BAD_REQUEST or DOCUMENT_LIMIT_EXCEEDED from that check
 */
export function graphqlRequestGuard(limits: Limits): (request: FastifyRequest) => void {
  const guardDocument = documentGuard(limits);
  return (request) => {
    if (!URL.canParse(`http://${request.hostname}/`)) throw refusal.badRequest('The Host header is invalid.');
    const query =
      request.method === 'POST' ? requestObject(request.body).query : queryOfUrl(request.url, limits);
    if (typeof query === 'string') guardDocument(query);
  };
}

function queryOfUrl(url: string, limits: Limits): unknown {
  const parameters = new URLSearchParams(url.split('?', 2)[1]);
  for (const name of ['variables', 'extensions'])
    checkExtent(Buffer.from(parameters.get(name) ?? ''), limits);
  return parameters.get('query');
}
