import fc from 'fast-check';
import { type GraphQLSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql';

import { posted } from './exchange.ts';
import { damaged, json, mostly } from './values.ts';

// Requests and frames that a client might send by mistake or malice, from bytes that are nearly HTTP to documents that are
// nearly of this graph.

const METHODS = ['GET', 'PUT', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PRI', 'get', ''];
const PATHS = [
  '/graphql/stream',
  '/',
  '*',
  '//',
  '/%00',
  '/graphql?query=%7Ba',
  'http://a/graphql',
  '/../..',
];
const HEADERS = [
  'content-length: 5',
  'content-length: -1',
  'content-length: 1e3',
  'content-length: 99999999999999999999',
  'transfer-encoding: chunked',
  'transfer-encoding: chunked, identity',
  'transfer-encoding : chunked',
  'content-encoding: gzip',
  'content-encoding: x',
  'content-type: application/json',
  'content-type: multipart/form-data; boundary=x',
  'accept: text/event-stream',
  'accept: multipart/mixed;subscriptionSpec=1.0',
  'accept: ;;,,q=2',
  'expect: 100-continue',
  'expect: x',
  'upgrade: websocket',
  'upgrade: h2c',
  'connection: upgrade',
  'connection: keep-alive, , close',
  'authorization: Bearer a.b.c',
  'authorization: \x01',
  'traceparent: 00-0-0-0',
  'x-request-id: \x7f',
  'host: [::',
  ' folded: x',
  ': empty',
  'accept-encoding: br;q=x',
  'origin: null',
];
const BODIES = [
  '',
  '{}',
  '{"query":"{__typename}"}',
  '0\r\n\r\n',
  '5\r\n{"a":\r\n0\r\n\r\n',
  'ffffffffffffffff\r\nx',
  '\x1f\x8b\x08',
];

/** Requests that are nearly HTTP. */
export const requests: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    mostly(fc.constant('POST'), fc.constantFrom(...METHODS)),
    mostly(fc.constant('/graphql'), fc.constantFrom(...PATHS)),
    mostly(fc.constant('HTTP/1.1'), fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1 x', '')),
    fc.subarray(HEADERS, { maxLength: 2 }),
    fc.constantFrom(...BODIES),
  )
  .map(([method, path, version, headers, body]) => {
    const usual = ['host: localhost', 'content-type: application/json', `content-length: ${body.length}`];
    return [`${method} ${path} ${version}`, ...usual, ...headers, '', body].join('\r\n');
  })
  .chain((request) => fc.oneof(fc.constant(request), damaged(fc.constant(request))))
  .map((request) => Buffer.from(request, 'latin1'));

/** JSON that is nearly a request. */
export const bodies: fc.Arbitrary<Uint8Array> = fc
  .oneof(
    fc
      .record(
        {
          query: mostly(fc.constantFrom('{ __typename }', 'query Q { flights { totalCount } }', '{'), json),
          variables: fc.oneof(fc.constant({}), json),
          operationName: fc.oneof(fc.constantFrom(null, 'Q', 'R'), json),
          extensions: fc.oneof(
            fc.constantFrom(null, { persistedQuery: { version: 1, sha256Hash: 'a' } }),
            json,
          ),
          documentId: json,
        },
        { requiredKeys: ['query'] },
      )
      .map((body) => JSON.stringify(body)),
    json.map((body) => JSON.stringify(body)),
    damaged(fc.constant('{"query":"query Q($id:ID!){flight(id:$id){id}}","variables":{"id":"1"}}')),
    fc.uint8Array({ maxLength: 200 }),
  )
  .map((body) => posted(body));

/** Operations of a graph that are valid, with variables that are not. */
export function variables(schema: GraphQLSchema): fc.Arbitrary<Uint8Array> {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    type ? Object.values(type.getFields()).map((field) => ({ kind: type.name.toLowerCase(), field })) : [],
  );
  const operations = roots.filter(({ field }) => field.args.length > 0);
  return fc.constantFrom(...operations).chain(({ kind, field }) => {
    const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(' ');
    const given = field.args.map(({ name }) => `${name}: $${name}`).join(' ');
    const below = isObjectType(getNamedType(field.type)) ? '{ __typename }' : '';
    const query = `${kind}(${declared}) { ${field.name}(${given}) ${below} }`;
    const values = field.args.map(({ name, type }) => {
      const input = getNamedType(type);
      const members = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
      const record = Object.fromEntries(
        members.map((member) => [member, fc.oneof(fc.constantFrom(1, 'a', '2024-11-21'), json)]),
      );
      const nearly = fc.record(record, { requiredKeys: [] });
      const value = fc.oneof(fc.constantFrom<unknown>('a', 1), json);
      return [name, members.length > 0 ? mostly(nearly, json) : value] as const;
    });
    return fc
      .record(Object.fromEntries(values))
      .map((sent) => posted(JSON.stringify({ query, variables: sent })));
  });
}

const TYPES = [
  'ping',
  'pong',
  'subscribe',
  'complete',
  'next',
  'error',
  'connection_ack',
  'connection_init',
  'x',
];
const QUERIES = [
  '{ __typename }',
  '{',
  'subscription { x }',
  'subscription { customerInfoUpdated { customerId } }',
  '',
];

const subscribe = fc
  .record({
    type: fc.constant('subscribe'),
    id: mostly(fc.constantFrom('1', '2', '3'), json),
    payload: mostly(
      fc.record(
        { query: fc.constantFrom(...QUERIES), variables: json, extensions: json },
        { requiredKeys: ['query'] },
      ),
      json,
    ),
  })
  .map((message) => JSON.stringify(message));
const message = fc
  .record(
    { type: fc.constantFrom(...TYPES), id: fc.constantFrom('1', '2'), payload: json },
    { requiredKeys: ['type'] },
  )
  .map((each) => JSON.stringify(each));

/** Frames that are nearly `graphql-transport-ws`. */
export const conversations: fc.Arbitrary<(string | Uint8Array)[]> = fc
  .tuple(
    mostly(fc.constant<string[]>(['{"type":"connection_init"}']), fc.constant<string[]>([])),
    fc.array(
      fc.oneof(
        { weight: 12, arbitrary: subscribe },
        { weight: 3, arbitrary: message },
        { weight: 1, arbitrary: json.map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }) },
      ),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([first, then]) => [...first, ...then]);
