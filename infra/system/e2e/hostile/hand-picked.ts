import { gzipSync } from 'node:zlib';
import { posted } from './exchange.ts';

/** The status and, of the first error, the code. */
export type Expected = readonly [status: number, code: string];

export type HandPicked = readonly [name: string, request: Uint8Array, expected: Expected];

const query = (text: string, more: object = {}) => posted(JSON.stringify({ query: text, ...more }));
const raw = (...lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'latin1');
const get = (path: string, ...headers: readonly string[]) =>
  raw(`GET ${path} HTTP/1.1`, 'host: localhost', 'connection: close', ACCEPT, ...headers, '', '');
const post = (headers: readonly string[], body: string) =>
  raw('POST /graphql HTTP/1.1', 'host: localhost', 'connection: close', ...headers, '', body);
const ACCEPT = 'accept: application/graphql-response+json';
const JSON_TYPE = 'content-type: application/json';
const TYPENAME = '{"query":"{__typename}"}';
const nested = (open: string, close: string, times: number, inside = '') =>
  `${open.repeat(times)}${inside}${close.repeat(times)}`;

const BAD: Expected = [400, 'BAD_REQUEST'];
const LIMIT: Expected = [400, 'DOCUMENT_LIMIT_EXCEEDED'];
const INVALID: Expected = [400, 'GRAPHQL_VALIDATION_FAILED'];
const SYNTAX: Expected = [400, 'GRAPHQL_PARSE_FAILED'];
const INPUT: Expected = [400, 'BAD_USER_INPUT'];
/** By the subgraph, in a response with a null. */
const REFUSED: Expected = [200, 'BAD_USER_INPUT'];
const COST: Expected = [400, 'COST_LIMIT_EXCEEDED'];

export const http: readonly HandPicked[] = [
  [
    'a form that another site sends',
    post(['content-type: text/plain', 'content-length: 24'], TYPENAME),
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
  ],
  ['a link on another site', get('/graphql?query=%7B__typename%7D'), BAD],
  [
    'a mutation by a link',
    get('/graphql?query=mutation%7BreplayFlightDeadLetters%7D', 'apollo-require-preflight: 1'),
    [405, 'METHOD_NOT_ALLOWED'],
  ],
  ['a query that is no UTF-8', get('/graphql?query=%ff', 'apollo-require-preflight: 1'), SYNTAX],
  ['half an escape', get('/graphql?query=%7', 'apollo-require-preflight: 1'), SYNTAX],
  [
    'the query twice',
    get('/graphql?query=%7Ba%7D&query=%7B__typename%7D', 'apollo-require-preflight: 1'),
    BAD,
  ],
  ['no path', get('*'), [404, 'NOT_FOUND']],
  ['a path out of the root', get('/../../etc/passwd'), [404, 'NOT_FOUND']],
  ['a path with U+0000', get('/graphql%00'), [404, 'NOT_FOUND']],
  [
    'another method',
    raw('DELETE /graphql HTTP/1.1', 'host: localhost', 'connection: close', '', ''),
    [405, 'METHOD_NOT_ALLOWED'],
  ],
  ['two lengths', post([JSON_TYPE, 'content-length: 24', 'content-length: 5'], TYPENAME), BAD],
  [
    'a length and chunks',
    post([JSON_TYPE, 'content-length: 24', 'transfer-encoding: chunked'], `18\r\n${TYPENAME}\r\n0\r\n\r\n`),
    BAD,
  ],
  [
    'a coding before chunks that is none',
    post([JSON_TYPE, 'transfer-encoding: x, chunked'], '0\r\n\r\n'),
    BAD,
  ],
  [
    'chunks that are no numbers',
    post([JSON_TYPE, 'transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'),
    BAD,
  ],
  ['a negative length', post([JSON_TYPE, 'content-length: -1'], TYPENAME), BAD],
  ['a header in two lines', post([JSON_TYPE, 'x: a', ' b', 'content-length: 24'], TYPENAME), BAD],
  ['a header without a name', post([JSON_TYPE, ': a', 'content-length: 24'], TYPENAME), BAD],
  ['a space before the colon', post([JSON_TYPE, 'content-length : 24'], TYPENAME), BAD],
  ['line feeds alone', Buffer.from('POST /graphql HTTP/1.1\nhost: a\n\n'), BAD],

  ['a preface of HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), BAD],
  ['TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), BAD],
  ['a header of 20 kB', get('/graphql', `x: ${'a'.repeat(20_000)}`), [431, 'BAD_REQUEST']],
  [
    'a content type that is nearly JSON',
    posted(TYPENAME, { 'content-type': 'application/jsonp' }),
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
  ],
  ['nothing that the client accepts', posted(TYPENAME, { accept: 'image/png' }), [406, 'NOT_ACCEPTABLE']],
  [
    'a coding that is none',
    posted(TYPENAME, { 'content-encoding': 'lzma' }),
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
  ],
  ['what is no gzip', posted(TYPENAME, { 'content-encoding': 'gzip' }), BAD],
  [
    'a bomb of gzip',
    posted(gzipSync(Buffer.alloc(50_000_000, 32)), { 'content-encoding': 'gzip' }),
    [413, 'PAYLOAD_TOO_LARGE'],
  ],
  [
    'a bomb in a bomb',
    posted(gzipSync(gzipSync(Buffer.alloc(50_000_000, 32))), { 'content-encoding': 'gzip, gzip' }),
    [415, 'UNSUPPORTED_MEDIA_TYPE'],
  ],
  ['a body of 300 kB', posted(`{"query":"{__typename}${' '.repeat(300_000)}"}`), [413, 'PAYLOAD_TOO_LARGE']],
];

export const bodies: readonly HandPicked[] = [
  ['nothing', posted(''), BAD],
  ['a list', posted(`[${TYPENAME},${TYPENAME}]`), BAD],
  ['a text', posted('"{__typename}"'), BAD],
  ['two values', posted(`${TYPENAME}${TYPENAME}`), BAD],
  ['a byte order mark alone', posted('\ufeff'), BAD],
  ['UTF-16', posted(Buffer.from(TYPENAME, 'utf16le')), BAD],
  ['bytes that are no UTF-8', posted(Buffer.from([0x7b, 0xff, 0x7d])), BAD],
  ['100,000 lists in each other', posted('['.repeat(100_000)), BAD],
  [
    'variables 100 deep',
    query('{__typename}', { variables: JSON.parse(nested('{"a":', '}', 100, '1')) }),
    BAD,
  ],
  [
    '10,000 variables',
    query('{__typename}', {
      variables: Object.fromEntries([...Array(10_000).keys()].map((i) => [`v${i}`, i])),
    }),
    BAD,
  ],
  ['a prototype', posted('{"query":"{__typename}","variables":{"__proto__":{"admin":true}}}'), BAD],
  [
    'a constructor',
    posted('{"query":"{__typename}","variables":{"constructor":{"prototype":{"a":1}}}}'),
    BAD,
  ],
  ['a query that is a list', posted('{"query":["{__typename}"]}'), BAD],
  ['variables that are a text', posted('{"query":"{__typename}","variables":"{}"}'), BAD],
  ['extensions that are a number', posted('{"query":"{__typename}","extensions":1}'), BAD],
  [
    'an operation that is not there',
    query('query A { __typename }', { operationName: 'B' }),
    [400, 'OPERATION_RESOLUTION_FAILURE'],
  ],
  [
    'one of two operations, unnamed',
    query('query A { __typename } query B { __typename }'),
    [400, 'OPERATION_RESOLUTION_FAILURE'],
  ],
  [
    'a hash that nobody knows',
    posted(`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`),
    [200, 'PERSISTED_QUERY_NOT_FOUND'],
  ],
  [
    'a hash of another text',
    query('{__typename}', { extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } }),
    BAD,
  ],
  [
    'a hash that is none',
    posted('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"../../x"}}}'),
    BAD,
  ],
  [
    'a version of persisted queries to come',
    posted(`{"extensions":{"persistedQuery":{"version":9,"sha256Hash":"${'0'.repeat(64)}"}}}`),
    [200, 'PERSISTED_QUERY_NOT_SUPPORTED'],
  ],
];

const RESERVATIONS = 'reservations(first:100,filter:{customerId:"x"}){nodes{customer{';
const INNER = 'reservations(first:100){nodes{customer{';

export const documents: readonly HandPicked[] = [
  ['nothing but a comment', query('# nothing'), SYNTAX],
  ['one brace', query('{'), SYNTAX],
  ['a name with U+0000', query('{ a\0b }'), SYNTAX],
  ['5,000 tokens', query(`{ ${'a '.repeat(5_000)} }`), LIMIT],
  ['a list 10,000 deep', query(`{ flight(id: ${nested('[', ']', 10_000)}) { id } }`), LIMIT],
  ['a type 1,000 deep', query(`query ($v: ${nested('[', ']', 1_000, 'ID')}) { __typename }`), LIMIT],
  [
    'fields 40 deep',
    query(`{ customer(id: 1) ${nested('{ reservations { nodes { customer ', '} } }', 15, '{ id }')} }`),
    LIMIT,
  ],
  ['300 aliases', query(`{ ${[...Array(300).keys()].map((i) => `a${i}: __typename`).join(' ')} }`), LIMIT],
  [
    '60 root fields',
    query(`{ ${[...Array(60).keys()].map((i) => `a${i}: flight(id: ${i}) { id }`).join(' ')} }`),
    LIMIT,
  ],
  ['one field 100 times', query(`{ ${'flights { totalCount } '.repeat(100)} }`), LIMIT],
  [
    'fragments that double ten times',
    query(
      `{ ...F0 } ${[...Array(14).keys()].map((i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F14 on Query { __typename }`,
    ),
    LIMIT,
  ],
  ['a fragment of itself', query('{ ...F } fragment F on Query { ...F }'), LIMIT],
  [
    'two fragments of each other',
    query('{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }'),
    LIMIT,
  ],
  ['a fragment that is not there', query('{ ...Nowhere }'), INVALID],
  ['a text that was never ended', query('{ flight(id: "a) { id } }'), SYNTAX],
  ['500 directives', query(`{ __typename ${'@include(if: true) '.repeat(500)} }`), INVALID],
  ['a schema', query('type Query { a: Int }'), INVALID],
  ['a field of a subgraph', query('{ _entities(representations: []) { __typename } }'), INVALID],
  ['the SDL of a subgraph', query('{ _service { sdl } }'), INVALID],
  [
    'introspection in introspection',
    query(`{ __schema { types ${nested('{ fields { type ', '} }', 10, '{ name }')} } }`),
    INVALID,
  ],
  ['fields that do not merge', query('{ a: flights { totalCount } a: payments { totalCount } }'), INVALID],
  ['a lone surrogate', query('{ flight(id: "\\ud800") { id } }'), SYNTAX],
  ['U+0000 in a text', query('{ flight(id: "\\u0000") { id } }'), INPUT],
  ['a text that reads from the right', query('{ flight(id: "a\u202e") { id } }'), INPUT],
  ['a text of 2,000 characters', query(`{ flight(id: "${'a'.repeat(2_000)}") { id } }`), INPUT],
  [
    'a number beyond all numbers',
    query('mutation { updateFlight(input: { id: "a", cost: 1e400 }) { flight { id } } }'),
    INPUT,
  ],
  ['a variable that is not declared', query('{ flight(id: $id) { id } }'), INVALID],
  [
    'two subscriptions in one',
    query('subscription { a: customerInfoUpdated { customerId } b: customerInfoUpdated { customerId } }'),
    INVALID,
  ],
  [
    'customers of bookings of customers',
    query(`{${RESERVATIONS}${INNER.repeat(2)}id${'}'.repeat(10)}`),
    COST,
  ],
  ['the same once more', query(`{${RESERVATIONS}${INNER.repeat(3)}id${'}'.repeat(13)}`), COST],
  [
    '50 counts',
    query(
      `{ ${[...Array(50).keys()].map((i) => `c${i}: reservations(filter: { customerId: "${i}" }) { totalCount }`).join(' ')} }`,
    ),
    COST,
  ],
  ['a page of 101', query('{ flights(first: 101) { totalCount } }'), REFUSED],
  ['a page of all', query('{ flights(first: 2147483647) { nodes { id } } }'), COST],
  ['a page of less than none', query('{ flights(first: -1) { nodes { id } } }'), REFUSED],
  ['a cursor that is none', query('{ flights(after: "x") { nodes { id } } }'), REFUSED],
];

const PLACE =
  'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { id } } }';
const wish = { customerId: 'c', flightId: 'f', seatQty: 1, reserveDate: '2024-11-21' };
const place = (input: object) => query(PLACE, { variables: { input } });

export const variables: readonly HandPicked[] = [
  ['none', query(PLACE), INPUT],
  ['null', query(PLACE, { variables: { input: null } }), INPUT],
  ['a list', query(PLACE, { variables: { input: [wish, wish] } }), INPUT],
  ['a field that is not there', place({ ...wish, admin: true }), INPUT],
  ['an object for a text', place({ ...wish, customerId: { $ne: '' } }), INPUT],
  ['a number for a text', place({ ...wish, customerId: 7.5 }), INPUT],
  ['no seats', place({ ...wish, seatQty: 0 }), REFUSED],
  ['seats beyond 32 bits', place({ ...wish, seatQty: 2 ** 31 }), INPUT],
  ['half a seat', place({ ...wish, seatQty: 0.5 }), INPUT],
  ['a text for seats', place({ ...wish, seatQty: '1' }), INPUT],
  ['a date that was never', place({ ...wish, reserveDate: '2023-02-29' }), REFUSED],
  ['a date with a time', place({ ...wish, reserveDate: '2024-11-21T00:00:00Z' }), REFUSED],
  ['a lone surrogate', place({ ...wish, customerId: '\ud800' }), INPUT],
  ['U+0000', place({ ...wish, customerId: 'a\0' }), INPUT],
  ['a bell', place({ ...wish, idempotencyKey: 'a\u0007' }), INPUT],
  ['a text without end', place({ ...wish, customerId: 'a'.repeat(5_000) }), INPUT],
  ['blanks', place({ ...wish, customerId: '   ' }), REFUSED],
  [
    'a reservation that is not there',
    query('mutation { cancelReservation(input: { id: "x" }) { reservation { id } } }'),
    [200, 'NOT_FOUND'],
  ],
  [
    'a condition that is null',
    query('query ($v: Boolean!) { flights { totalCount @skip(if: $v) } }', { variables: { v: null } }),
    INPUT,
  ],
];
