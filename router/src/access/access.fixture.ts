import { recording } from '@airline/observability/recorded-lines';
import { anonymous, type Caller, everyone, type Role } from '@airline/service/server';
import { allInProcess, compose, type Fetch, type Subgraphs } from '../corrections/corrections.fixture.ts';
import { NOW, pipelineOf } from '../pipeline/pipeline.fixture.ts';
import { isRefused } from '../refusal.ts';
import { authorityOf, type Client } from '../request.ts';
import { forGateway } from '../supergraph/gateway-features.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';

const callerOf = (roles: readonly Role[], scopes: readonly string[] = []): Caller => ({
  subject: roles.join(),
  roles,
  scopes,
});

export const callers = {
  anonymous,
  everyone,
  customer: callerOf(['customer']),
  staff: callerOf(['staff']),
  operator: callerOf(['operator']),
  reader: callerOf(['customer'], ['read:all']),
} as const;

export const clientOf = (caller: Caller): Client => ({
  authority: authorityOf(caller),
  source: 'test',
  forwarded: {},
});

/** What a client gets, as plain JSON. */
export interface Answer {
  readonly status?: number;
  readonly data?: unknown;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; code?: unknown }[];
  /** Of what is deferred, in the order of its coming. */
  readonly later?: readonly { path: unknown; data: unknown; errors?: unknown }[];
}

interface Options {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly increments?: boolean;
}

/** The router's pipeline over subgraphs within this process. */
export function accessOver(subgraphs: Subgraphs, supergraphSdl = compose(subgraphs)) {
  const fetches: Fetch[] = [];
  const { asks, clients } = allInProcess(subgraphs, fetches);
  let snapshot = createSnapshot(forGateway(supergraphSdl), clients);
  const { logger, lines } = recording();
  const pipeline = pipelineOf({ snapshot: () => snapshot, now: () => NOW, logger });

  async function ask(caller: Caller, query: string, { variables = {}, increments = false }: Options = {}) {
    const prepared = await pipeline.prepare({ query, variables }, clientOf(caller), { increments });
    if (isRefused(prepared)) return { status: prepared.status, errors: prepared.errors.map(errorOf) };
    const upstream = prepared.planned.compiled.plan.primary?.upstream(variables);
    const event = upstream && (await asks.get(upstream.subgraph)?.(upstream.query, upstream.variables));
    const { data, errors, deferred } = await pipeline.execute(prepared, event);
    const later: unknown[] = [];
    for await (const { parts } of deferred?.increments ?? [])
      for (const { pending, ...part } of parts)
        later.push({
          path: pending.path,
          data: part.data,
          ...(part.errors && { errors: part.errors.map(errorOf) }),
        });
    // As clients get it.
    return JSON.parse(
      JSON.stringify({ data, ...(errors && { errors: errors.map(errorOf) }), ...(deferred && { later }) }),
    ) as Answer;
  }

  return {
    ask: ask as (caller: Caller, query: string, options?: Options) => Promise<Answer>,
    pipeline,
    fetches,
    lines,
    snapshot: () => snapshot,
    reload: (sdl: string) => {
      snapshot = createSnapshot(forGateway(sdl), clients);
    },
    /** The texts of all fetches so far. */
    fetched: () => fetches.map(({ query }) => query).join('\n'),
  };
}

const errorOf = ({
  message,
  path,
  extensions,
}: {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}) => ({ message, ...(path && { path }), code: extensions?.code });
