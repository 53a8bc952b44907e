import { everyone } from '@airline/service/server';
import { compose, type Fetch, inProcess, type Subgraphs, valid } from '../corrections/corrections.fixture.ts';
import { planOnly } from '../pipeline/plan.fixture.ts';
import { isObject } from '../raw-json.ts';
import { authorityOf, type DeferredPart, type Pending } from '../request.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { forGateway } from '../supergraph/gateway-features.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';
import type { RawResult } from './execution.ts';
import { executeOperation } from './executor.ts';

interface ReceivedError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
}

/** A part as a client gets it. */
export interface Received {
  readonly path: readonly (string | number)[];
  readonly label: string | undefined;
  readonly data: unknown;
  readonly errors: readonly ReceivedError[];
}

/** What a client has got of an operation, oldest first, and all of it merged. */
export interface Reception {
  readonly first: { readonly data: unknown; readonly errors: readonly ReceivedError[] };
  /** By increment. */
  readonly later: readonly (readonly Received[])[];
  readonly merged: unknown;
  readonly errors: readonly ReceivedError[];
}

/** A router's executor over in-process subgraphs, of which one may be away. */
export function deferring(subgraphs: Subgraphs, away?: string) {
  const fetches: Fetch[] = [];
  const clients = Object.entries(subgraphs).map(([name, subgraph]): [string, SubgraphClient] => {
    const ask = inProcess(name, subgraph, fetches);
    const send: SubgraphClient['send'] = async ({ body }) => {
      if (name === away) return { failure: `${name} is away` };
      const { query, variables } = JSON.parse(body);
      const { data = null, errors = [] } = await ask(query, variables);
      return { data, errors };
    };
    return [name, { name, send }];
  });
  const snapshot = createSnapshot(forGateway(compose(subgraphs)), Object.fromEntries(clients));

  /** @param increments whether the client takes parts */
  async function execute(query: string, variables: Record<string, unknown>, increments: boolean) {
    valid(snapshot.schema, query);
    const planned = planOnly(query, snapshot, { variables, increments });
    const client = {
      authority: authorityOf(everyone),
      source: 'test',
      forwarded: {},
    };
    return await executeOperation({ compiled: planned.compiled, variables, client });
  }

  const run = async (...operation: Parameters<typeof execute>) => await receive(await execute(...operation));

  return {
    fetches,
    execute: (query: string) => execute(query, {}, true),
    inParts: (query: string, variables: Record<string, unknown> = {}) => run(query, variables, true),
    whole: (query: string, variables: Record<string, unknown> = {}) => run(query, variables, false),
  };
}

async function receive({ data, errors = [], deferred }: RawResult): Promise<Reception> {
  const first = plain({ data, errors: errors.map(errorOf) });
  const later: Received[][] = [];
  let merged: unknown = plain(data);
  const open = new Map<string, Pending>(deferred?.pending.map((pending) => [pending.id, pending]));
  for await (const { parts, pending, hasNext } of deferred?.increments ?? []) {
    for (const part of parts) {
      if (!open.delete(part.pending.id)) throw new Error('A part is delivered that is not pending.');
      if (part.data) merged = merge(merged, part.pending.path, plain(part.data));
    }
    for (const each of pending) open.set(each.id, each);
    if (hasNext !== open.size > 0) throw new Error('hasNext is wrong.');
    later.push(parts.map(receivedOf));
  }
  if (open.size > 0) throw new Error('A part that is pending was not delivered.');
  const all = [...first.errors, ...later.flat().flatMap((part) => part.errors)];
  return { first, later, merged, errors: all };
}

function receivedOf({ pending: { path, label }, data, errors = [] }: DeferredPart<unknown>): Received {
  return { path, label, data: plain(data), errors: errors.map(errorOf) };
}

// All that is read of an error, whatever it is.
const errorOf = (error: unknown): ReceivedError => {
  const { message, path } = error as ReceivedError;
  return { message, path };
};

/** As clients merge a part into what they have. */
function merge(into: unknown, [step, ...rest]: readonly (string | number)[], part: unknown): unknown {
  if (step === undefined) return mergeDeep(into, part);
  if (typeof into !== 'object' || into === null)
    throw new Error('A part is for what the client has not got.');
  if (Array.isArray(into))
    return into.map((value, index) => (index === step ? merge(value, rest, part) : value));
  return { ...into, [step]: merge(Object.getOwnPropertyDescriptor(into, step)?.value, rest, part) };
}

function mergeDeep(into: unknown, part: unknown): unknown {
  if (Array.isArray(into) && Array.isArray(part)) return part.map((value, i) => mergeDeep(into[i], value));
  if (!isObject(into) || !isObject(part)) return part;
  const added = Object.entries(part).map(([key, value]) => [key, mergeDeep(into[key], value)]);
  return { ...into, ...Object.fromEntries(added) };
}

/** What JSON would carry of a value. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value ?? null));
