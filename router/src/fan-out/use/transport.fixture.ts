import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { recording } from '@airline/observability/recorded-lines';
import { defaultLimits } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../clock.ts';
import { Arrived } from '../../http/parameters.ts';
import { isRefused } from '../../refusal.ts';
import type { Limits } from '../limits.ts';
import { createSubscriptions } from '../subscriptions.ts';
import type { PlannedSubscription, Sink } from '../types.ts';
import { createFacade, type FacadeOptions } from './facade.fixture.ts';
import { streamMultipart } from './multipart.ts';
import { serveSse } from './sse.ts';
import { serveClients } from './web-socket.ts';

export interface TransportOptions extends FacadeOptions {
  readonly limits?: Partial<Limits>;
  /** Of streams over HTTP. */
  readonly heartbeatMs?: number;
  /** Of WebSockets. */
  readonly pingIntervalMs?: number;
}

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

/** The three transports on a free port, over a facade for tests and a subgraph that the test drives. */
export async function startTransports(options: TransportOptions = {}) {
  const { lines: log, logger } = recording('warn');
  const sinks = new Set<Sink>();
  const { clock, pass } = startClock();

  const subscriptions = createSubscriptions<PlannedSubscription>({
    connect: (_request, sink) => {
      sinks.add(sink);
      return () => void sinks.delete(sink);
    },
    clock,
    limits: options.limits,
    failed: (error) => void log.push({ error: String(error) }),
  });

  const { facade, ...seen } = createFacade(options, subscriptions, clock);
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
    settled,
    ...seen,
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
