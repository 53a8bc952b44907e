import type { GraphQLError } from 'graphql';
import type { Increment } from '../request.ts';
import type { CompiledPlan } from './compile.ts';
import type { CompiledOperation } from './compile-operation.ts';
import type { Part } from './deferred-fragments.ts';
import type { RawResult } from './execution.ts';
import { type PartsEnd, type Run, runSteps } from './run.ts';
import { type Promised, ResponseInParts } from './shape/respond-in-parts.ts';

/**
 * Runs an operation that defers some of its fragments: the result is the first part, as soon as its own fetches have
 * ended. The others are delivered in the order in which they become ready, each after the one that it is nested in.
 */
export async function runInParts(
  { steps, shape, deferred }: Pick<CompiledPlan, 'steps'> & Pick<CompiledOperation, 'shape' | 'deferred'>,
  run: Run,
): Promise<RawResult> {
  const runs = [run, ...deferred.map((_, index): Run => ({ ...run, part: index + 1, errors: [] }))] as const;
  const ready = new ReadyParts(deferred.length);
  const running = runSteps(steps, runs, ready);
  if (running !== undefined) await running;
  const response = new ResponseInParts(shape, deferred, runs);
  const first = response.first();
  if (first.promised.length === 0) return first.response;
  const increments = deliver(response, first.promised, ready);
  const pending = first.promised.map(asPending);
  return { ...first.response, deferred: { pending, increments, ended: ready.all } };
}

async function* deliver(
  response: ResponseInParts,
  promised: readonly Promised[],
  ready: ReadyParts,
): AsyncGenerator<Increment<GraphQLError>> {
  let waiting = promised;
  while (waiting.length > 0) {
    const parts = new Set(waiting.map(({ part }) => part).filter((part) => ready.has(part)));
    if (parts.size === 0) {
      await ready.another();
      continue;
    }
    const delivered = [...parts].map((part) =>
      response.later(
        part,
        waiting.filter((pending) => pending.part === part),
      ),
    );
    const next = delivered.flatMap((each) => each.promised);
    waiting = [...waiting.filter(({ part }) => !parts.has(part)), ...next];
    yield {
      parts: delivered.flatMap((each) => each.parts),
      pending: next.map(asPending),
      hasNext: waiting.length > 0,
    };
  }
}

const asPending = ({ id, path, label }: Promised) => ({ id, path, label });

/** The parts whose fetches have all ended. */
class ReadyParts implements PartsEnd {
  readonly #parts = new Set<Part>();
  readonly #count: number;
  readonly #all = Promise.withResolvers<void>();
  #failure: { readonly error: unknown } | undefined;
  #notify: (() => void) | undefined;

  constructor(count: number) {
    this.#count = count;
  }

  /** Resolves when all have ended, or one has failed. */
  get all(): Promise<void> {
    return this.#all.promise;
  }

  has(part: Part): boolean {
    return this.#parts.has(part);
  }

  ended = (part: Part): void => {
    this.#parts.add(part);
    if (this.#parts.size === this.#count) this.#all.resolve();
    this.#notify?.();
  };

  failed = (error: unknown): void => {
    this.#failure = { error };
    this.#all.resolve();
    this.#notify?.();
  };

  /** Resolves when a further part has ended; rejects for a fault of the router, now or before. */
  another(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#notify = () => (this.#failure ? reject(this.#failure.error) : resolve());
      if (this.#failure) this.#notify();
    });
  }
}
