import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { documentGuard } from './document-guard.ts';
import { HttpRefusal } from './errors.ts';
import type { Limits } from './limits.ts';
import { jsonExtent } from './nesting.ts';

/**
 * Makes Fastify read bodies as application/json only, and refuse them before they are parsed when they are empty, not
 * UTF-8, or deeper or wider than the limits allow.
 */
export function readJsonBodies(app: FastifyInstance, limits: Limits): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) throw badRequest('The body of the request is empty; it should be {"query": "…"}.');
    if (!isUtf8(body)) throw badRequest('The body of the request is not valid UTF-8.');
    checkExtent(body, limits);
    // It answers through `done`; the promise in its type is for parsers of one's own.
    void parse(request, body.toString('utf8'), done);
  });
}

/**
 * A check of each request to `/graphql` before the GraphQL server sees it: the shape of its body, and its document and
 * variables against the limits.
 *
 * @throws HttpRefusal BAD_REQUEST or DOCUMENT_LIMIT_EXCEEDED from that check
 */
export function graphqlRequestGuard(limits: Limits): (request: FastifyRequest) => void {
  const guardDocument = documentGuard(limits);
  return (request) => {
    if (!URL.canParse(`http://${request.hostname}/`))
      throw badRequest('The Host header of the request is not a host.');
    const query = request.method === 'POST' ? queryOfBody(request.body) : queryOfUrl(request.url, limits);
    if (typeof query === 'string') guardDocument(query);
  };
}

function queryOfBody(body: unknown): unknown {
  if (Array.isArray(body))
    throw badRequest('Batches are not served: send one operation a request, as a JSON object.');
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) {
    throw badRequest(
      'The body of the request should be a JSON object, such as {"query": "…", "variables": {…}}.',
    );
  }
  return 'query' in body ? body.query : undefined;
}

function queryOfUrl(url: string, limits: Limits): unknown {
  const parameters = new URLSearchParams(url.split('?', 2)[1]);
  for (const name of ['variables', 'extensions'])
    checkExtent(Buffer.from(parameters.get(name) ?? ''), limits);
  return parameters.get('query');
}

function checkExtent(json: Uint8Array, limits: Limits): void {
  const { depth, fields } = jsonExtent(json);
  if (depth > limits.jsonDepth)
    throw badRequest(`JSON in a request may nest at most ${limits.jsonDepth} levels deep.`);
  if (fields > limits.jsonFields)
    throw badRequest(`A JSON object in a request may have at most ${limits.jsonFields} fields.`);
}

function badRequest(message: string): HttpRefusal {
  return new HttpRefusal(400, 'BAD_REQUEST', message);
}
