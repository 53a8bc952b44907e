import { recording } from '@airline/observability/recorded-lines';
import { defaultLimits, everyone, Health, RequestError, withCode } from '@airline/service/server';
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql';
import { onTestFinished } from 'vitest';
import { createAddressOf } from '../admission/address.ts';
import { Admission } from '../admission/admission.ts';
import { UNLIMITED } from '../admission/unlimited.fixture.ts';
import { systemClock } from '../clock.ts';
import { persistedDocuments } from '../persisted/documents.ts';
import { memoryStore } from '../persisted/store.ts';
import { isRefused, type Refused, refuse } from '../refusal.ts';
import { authorityOf, type Client, type OperationResult, type RequestParameters } from '../request.ts';
import { type HttpOptions, serveHttp } from './server.ts';

const schema = buildSchema(`
  type Query { hello(name: String): String, refused: String, held: String }
  type Mutation { place(id: ID!): String }
  type Subscription { placed: String }
`);

interface Prepared {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly client: Client;
  readonly cost: number;
  readonly planned: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Options = HttpOptions<Prepared>;

const asRefused = (errors: readonly GraphQLError[], code: Parameters<typeof withCode>[1]): Refused => ({
  status: 400,
  errors: errors.map((error) => withCode(error, code).toJSON()),
});

/** graphql-js over a small schema, with the stages that HTTP distinguishes. */
export function smallPipeline(rootValue: object): Options['pipeline'] {
  const persisted = persistedDocuments({ store: memoryStore(), trusted: { mode: 'off', texts: new Map() } });

  function check(text: string, parameters: RequestParameters, client: Client): Prepared | Refused {
    let document: DocumentNode;
    try {
      document = parse(text);
    } catch (error) {
      return asRefused([error as GraphQLError], 'GRAPHQL_PARSE_FAILED');
    }
    const faults = validate(schema, document);
    if (faults.length > 0) return asRefused(faults, 'GRAPHQL_VALIDATION_FAILED');
    const operation = getOperationAST(document, parameters.operationName);
    if (!operation) return refuse('OPERATION_RESOLUTION_FAILURE', 'no such operation');
    const variables = parameters.variables ?? {};
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (errors) return asRefused(errors, 'BAD_USER_INPUT');
    return { type: operation.operation, client, cost: 1, planned: document, variables };
  }

  return {
    prepare: async (parameters, client, { readOnly = false } = {}) => {
      const text = await persisted.resolve(parameters, client.source);
      if (typeof text !== 'string') return text;
      const prepared = check(text, parameters, client);
      if (isRefused(prepared)) return prepared;
      if (readOnly && prepared.type !== 'query')
        return refuse('METHOD_NOT_ALLOWED', `A ${prepared.type} cannot be sent by GET.`, { status: 405 });
      persisted.keep(parameters, client.source);
      return prepared;
    },
    execute: async ({ planned: document, variables }) => {
      const { data, errors } = await execute({ schema, document, rootValue, variableValues: variables });
      return {
        ...(errors && { errors: errors.map((error) => error.toJSON()) }),
        ...(data !== undefined && { data }),
      };
    },
  };
}

/** What a test reads of a response. */
export interface Body extends OperationResult {
  readonly errors: { message: string; extensions: { code: string } }[];
}

/** The router's HTTP server over the small pipeline, on a free port, closed when the test ends, with what it logs. */
export async function startFront(overrides: Partial<Options> = {}) {
  const { lines: log, logger } = recording('info');
  const health = new Health({ logger });
  const held = Promise.withResolvers<string>();
  let holding = 0;
  let placed = 0;
  const pipeline = smallPipeline({
    hello: ({ name }: { name?: string }) => `Hello, ${name ?? 'you'}`,
    refused: () => {
      throw new RequestError('NOT_FOUND', 'There is none.');
    },
    held: () => {
      holding += 1;
      return held.promise;
    },
    place: () => {
      placed += 1;
      return 'placed';
    },
  });
  const admission = new Admission({ limits: UNLIMITED, costLimit: 1e6, lagMs: () => 0, clock: systemClock });
  const server = await serveHttp<Prepared>({
    name: 'router',
    host: '127.0.0.1',
    port: 0,
    portVariable: 'ROUTER_PORT',
    pipeline,
    identify: () => ({ authority: authorityOf(everyone), source: 'test', forwarded: {} }),
    admit: (source) => admission.enter(source),
    hold: () => undefined,
    connections: {
      limits: { perClient: 1e6, inAll: 1e6 },
      addressOf: createAddressOf(),
      isBehindProxy: false,
      now: () => performance.now(),
    },
    limits: defaultLimits,
    cacheSeconds: 0,
    health,
    logger,
    ...overrides,
  });
  onTestFinished(() => {
    held.resolve('released');
    return server.close();
  });

  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(new URL(path, server.url), init);
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Body;
    return { status: response.status, headers: response.headers, body };
  };
  /** Posts a body as it is. */
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    send('/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
    send(`/graphql?${new URLSearchParams(parameters)}`, {
      headers: { 'content-type': 'application/json', ...headers },
    });
  const query = (text: string, headers?: Record<string, string>) =>
    post(JSON.stringify({ query: text }), headers);
  return {
    server,
    pipeline,
    health,
    log,
    send,
    post,
    get,
    query,
    release: () => held.resolve('released'),
    holding: () => holding,
    placed: () => placed,
  };
}
