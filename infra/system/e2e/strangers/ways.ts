import { createHash } from 'node:crypto';
import { type FieldNode, Kind, type OperationDefinitionNode, parse, print, visit } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Attack } from './attacks.ts';

type Headers = Readonly<Record<string, string>>;

export interface Operation extends Pick<Attack, 'type'> {
  /** Its root fields. */
  readonly selection: string;
}

/** How an operation is put and sent; returns all that came back, as text. */
export interface Way {
  readonly name: string;
  readonly types: readonly Operation['type'][];
  readonly send: (url: string, operation: Operation, headers: Headers) => Promise<string>;
}

const written = ({ type, selection }: Operation): string => `${type} { ${selection} }`;

async function sent(url: string, init: RequestInit): Promise<string> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  return `${response.status} ${await response.text()}`;
}
const TIMEOUT_MS = 20_000;

const posted = (url: string, body: object, headers: Headers) =>
  sent(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const onRoot = ({ type }: Operation) => (type === 'query' ? 'Query' : 'Mutation');

/** Each field under another name. */
function aliased(operation: Operation): string {
  let names = 0;
  return print(
    visit(parse(written(operation)), {
      Field: (node): FieldNode => ({ ...node, alias: { kind: Kind.NAME, value: `f${names++}` } }),
    }),
  );
}

/** The root fields twice, under two names: what is null once must be null twice. */
function twice(operation: Operation): string {
  return print(
    visit(parse(written(operation)), {
      OperationDefinition: (node): OperationDefinitionNode => {
        const again = node.selectionSet.selections.map((field) =>
          field.kind === Kind.FIELD
            ? { ...field, alias: { kind: Kind.NAME as const, value: 'again' } }
            : field,
        );
        const selections = [...node.selectionSet.selections, ...again];
        return { ...node, selectionSet: { ...node.selectionSet, selections } };
      },
    }),
  );
}

/** Headers and extensions by which somebody might pass for somebody else. */
const PRETENDED: Headers = {
  'x-caller': 'eyJyb2xlcyI6WyJzdGFmZiJdfQ',
  'x-user-id': 'clerk',
  'x-user-roles': 'staff,operator',
  'x-forwarded-user': 'clerk',
  'x-forwarded-access-token': 'staff',
  'x-authenticated-userid': 'clerk',
  'x-consumer-username': 'staff',
  'x-ms-client-principal': 'eyJyb2xlcyI6WyJzdGFmZiJdfQ==',
  forwarded: 'for=127.0.0.1;by=staff',
  cookie: 'role=staff; access_token=staff',
};

const always = ['query', 'mutation'] as const;

export const ways: readonly Way[] = [
  {
    name: 'as it is',
    types: always,
    send: (url, operation, headers) => posted(url, { query: written(operation) }, headers),
  },
  {
    name: 'with aliases',
    types: always,
    send: (url, operation, headers) => posted(url, { query: aliased(operation) }, headers),
  },
  {
    name: 'twice',
    types: ['query'],
    send: (url, operation, headers) => posted(url, { query: twice(operation) }, headers),
  },
  {
    name: 'by a named fragment',
    types: always,
    send: (url, operation, headers) => {
      const fragment = `fragment All on ${onRoot(operation)} { ${operation.selection} }`;
      return posted(url, { query: `${operation.type} { ...All } ${fragment}` }, headers);
    },
  },
  {
    name: 'under a condition',
    types: always,
    send: (url, { type, selection }, headers) => {
      const query = `${type} ($yes: Boolean!) { __typename ... @include(if: $yes) { ${selection} } }`;
      return posted(url, { query, variables: { yes: true } }, headers);
    },
  },
  {
    name: 'as one of two operations',
    types: always,
    send: (url, { type, selection }, headers) => {
      const query = `query Harmless { promotions { name } } ${type} Meant { ${selection} }`;
      return posted(url, { query, operationName: 'Meant' }, headers);
    },
  },
  {
    name: 'beside what is public',
    types: ['query'],
    send: (url, { selection }, headers) =>
      posted(url, { query: `{ promotions { name } ${selection} }` }, headers),
  },
  {
    name: 'by GET',
    types: ['query'],
    send: (url, operation, headers) => {
      const parameters = new URLSearchParams({ query: written(operation) });
      return sent(`${url}?${parameters}`, {
        headers: { accept: 'application/json', 'apollo-require-preflight': 'true', ...headers },
      });
    },
  },
  {
    name: 'as a persisted query',
    types: ['query'],
    send: async (url, operation, headers) => {
      const query = written(operation);
      const sha256Hash = createHash('sha256').update(query).digest('hex');
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const first = await posted(url, { query, extensions }, headers);
      const second = await posted(url, { extensions }, headers);
      return `${first} ${second}`;
    },
  },
  {
    name: 'deferred',
    types: ['query'],
    send: (url, { selection }, headers) =>
      sent(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'multipart/mixed;deferSpec=20220824, application/json',
          ...headers,
        },
        body: JSON.stringify({ query: `{ promotions { name } ... @defer { ${selection} } }` }),
      }),
  },
  {
    name: 'with headers and extensions of somebody else',
    types: always,
    send: (url, operation, headers) =>
      posted(
        url,
        { query: written(operation), extensions: { ...PRETENDED, caller: { roles: ['staff'] } } },
        { ...PRETENDED, ...headers },
      ),
  },
  {
    name: 'as an event stream',
    types: always,
    send: (url, operation, headers) =>
      sent(`${url}/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
        body: JSON.stringify({ query: written(operation) }),
      }),
  },
  { name: 'over a WebSocket', types: always, send: overWebSocket },
];

async function overWebSocket(url: string, operation: Operation, { authorization }: Headers) {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
  });
  try {
    const results = [];
    for await (const result of client.iterate({ query: written(operation) })) results.push(result);
    return JSON.stringify(results);
  } catch (error) {
    return JSON.stringify(error);
  } finally {
    await client.dispose();
  }
}
