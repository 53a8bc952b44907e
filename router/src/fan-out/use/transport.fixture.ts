import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { recording } from '@airline/observability/recorded-lines';
import { defaultLimits, everyone } from '@airline/service/server';
import { type GraphQLFormattedError, getOperationAST, parse } from 'graphql';
import { onTestFinished } from 'vitest';
import { Admission, type AdmissionLimits } from '../../admission/admission.ts';
import { UNLIMITED } from '../../admission/unlimited.fixture.ts';
import type { Clock } from '../../clock.ts';
import { Arrived } from '../../http/parameters.ts';
import { isRefused } from '../../refusal.ts';
import { authorityOf, type Client, type Runnable } from '../../request.ts';
import type { Limits } from '../limits.ts';
import { createSubscriptions } from '../subscriptions.ts';
import type { PlannedSubscription, Sink } from '../types.ts';
import type { Facade } from './facade.ts';
import { streamMultipart } from './multipart.ts';
import { serveSse } from './sse.ts';
import { serveClients } from './web-socket.ts';

export interface TransportOptions {
  readonly limits?: Partial<Limits>;
  readonly admission?: Partial<AdmissionLimits>;
  /** Refusals are sent at once by default. */
  readonly hold?: Facade['hold'];
  /** Of streams over HTTP. */
  readonly heartbeatMs?: number;
  /** Of WebSockets. */
  readonly pingIntervalMs?: number;
  /** Each operation waits for it before it is prepared. */
  readonly preparing?: (query: string) => Promise<void>;
  /** Each query and mutation waits for it before it has its result. */
  readonly executing?: (signal: AbortSignal) => Promise<void>;
}

/** An operation and on whose behalf it runs. */
interface Prepared extends Runnable {
  readonly operationName: string | undefined;
  readonly client: Client;
}

const REFUSED = { status: 400, errors: [{ message: 'refused', extensions: { code: 'BAD_USER_INPUT' } }] };
const FORBIDDEN = { status: 401, errors: [{ message: 'who?', extensions: { code: 'UNAUTHENTICATED' } }] };
export const SUBSCRIBE = 'subscription { numbers }';

/** A clock that stands at 0 until it is put forward, past all times. */
function startClock() {
  const timers = new Set<() => void>();
  let now = 0;
  const clock: Clock = {
    now: () => now,
    after: (_ms, callback) => {
      timers.add(callback);
      return () => void timers.delete(callback);
    },
  };
  const pass = () => {
    now = Number.MAX_SAFE_INTEGER;
    for (const callback of timers) callback();
  };
  return { clock, pass };
}

/**
 * The three transports on a free port, over real sharing and a subgraph that the test drives. A selection `refused` is
 * refused, mutations count; credentials `invalid` are refused, and `brief` ones expire.
 */
export async function startTransports(options: TransportOptions = {}) {
  const { lines: log, logger } = recording('warn');
  const sinks = new Set<Sink>();
  const authorities: string[] = [];
  const { clock, pass } = startClock();
  let mutations = 0;

  const subscriptions = createSubscriptions<PlannedSubscription>({
    connect: (_request, sink) => {
      sinks.add(sink);
      return () => void sinks.delete(sink);
    },
    clock,
    limits: options.limits,
    failed: (error) => void log.push({ error: String(error) }),
  });

  const admission = new Admission({
    limits: { ...UNLIMITED, ...options.admission },
    costLimit: 1e6,
    lagMs: () => 0,
    clock,
  });
  const facade: Facade<Prepared> = {
    identify: async (request, { authorization } = request.headers) => {
      if (authorization === 'invalid') return FORBIDDEN;
      authorities.push(String(authorization));
      const expiresAt = authorization === 'brief' ? 1_000 : undefined;
      return { authority: authorityOf(everyone, expiresAt), source: 'test', forwarded: {} };
    },
    admit: (source) => admission.enter(source),
    hold: options.hold ?? (() => undefined),
    prepare: async ({ query, operationName }, client) => {
      await options.preparing?.(query ?? '');
      const document = parse(query ?? '');
      const operation = getOperationAST(document, operationName);
      if (!operation || query?.includes('refused')) return REFUSED;
      return {
        type: operation.operation,
        operationName: operation.name?.value,
        client,
        cost: 1,
        planned: document,
      };
    },
    execute: async ({ type, operationName }, signal) => {
      if (type === 'mutation') mutations += 1;
      await options.executing?.(signal);
      return { data: { done: operationName ?? type } };
    },
    subscribe: ({ client }, connection) => {
      const primary = { subgraph: 'numbers', query: SUBSCRIBE, variables: {} };
      const execute: PlannedSubscription['execute'] = async ({ data }) => ({ data: data ?? null });
      return subscriptions.subscribe(
        { key: SUBSCRIBE, cost: 1, variables: {}, primary, execute },
        { client, connection },
      );
    },
  };

  const { pingIntervalMs } = options;
  const limits = { ...defaultLimits, bodyBytes: 64 * 1024 };
  const webSockets = serveClients({ facade, limits, pingIntervalMs, clock, logger });
  const sse = serveSse(facade, options.heartbeatMs);
  const responses: ServerResponse[] = [];
  const sockets = new Set<Socket>();
  const settled: Promise<unknown>[] = [];

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    responses.push(response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://router');
    const { length } = chunks;
    const parameters =
      length > 0 ? JSON.parse(String(Buffer.concat(chunks))) : Object.fromEntries(searchParams);
    if (pathname === '/graphql/stream') {
      const refused = await sse.handle(() => new Arrived(0, () => parameters), request, response);
      return refused && void response.writeHead(refused.status).end();
    }
    const client = await facade.identify(request);
    const prepared = isRefused(client) ? client : await facade.prepare(parameters, client);
    if (isRefused(prepared)) return void response.writeHead(prepared.status).end();
    if (request.headers.accept?.includes('event-stream')) return await sse.stream(prepared, response);
    const member = facade.subscribe(prepared, response);
    if (isRefused(member)) return void response.writeHead(member.status).end();
    await streamMultipart(member, response, options.heartbeatMs);
  }

  const server = createServer((request, response) => {
    settled.push(
      respond(request, response).catch((error: unknown) => {
        log.push({ level: 'error', error: String(error) });
        response.destroy();
      }),
    );
  });
  server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.on('upgrade', webSockets.upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    subscriptions.close();
    await webSockets.close();
    server.closeAllConnections();
    server.close();
  });

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return {
    url,
    streamUrl: `${url}/stream`,
    webSocketUrl: url.replace('http', 'ws'),
    log,
    webSockets,
    responses,
    sockets,
    authorities,
    settled,
    mutations: () => mutations,
    /** Credentials that expire have expired from now on. */
    expire: pass,
    counts: () => subscriptions.counts(),
    /** Sends a number, with so many bytes beside it, to each subscription of the router at the subgraph. */
    push: (number: number, bytes = 0) => {
      const padding = bytes > 0 ? { padding: 'x'.repeat(bytes) } : {};
      for (const sink of sinks)
        sink.next({ data: { numbers: number, ...padding }, extensions: { cursor: `${number}` } });
    },
    fail: (errors: GraphQLFormattedError[]) => {
      for (const sink of sinks) sink.error(errors);
    },
    complete: () => {
      for (const sink of sinks) sink.complete();
    },
  };
}

/** What a client library passes to a subscriber. */
export function recordResults() {
  const results: unknown[] = [];
  const ends: unknown[] = [];
  const sink = {
    next: (result: unknown) => void results.push(result),
    error: (error: unknown) => void ends.push(error),
    complete: () => void ends.push('complete'),
  };
  return { results, ends, sink };
}

/** Events 1 to `count` of the fixture's subgraph, as their subscribers get them. */
export const eventsTo = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    data: { numbers: index + 1 },
    extensions: { cursor: `${index + 1}` },
  }));

export type Transports = Awaited<ReturnType<typeof startTransports>>;
