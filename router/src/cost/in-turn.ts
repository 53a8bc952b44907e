import { OPERATOR } from '../request.ts';

/** The estimated cost from which an execution holds up a subgraph's event loop: some four milliseconds of CPU. */
export const HEAVY_COST = 1_000;

/** Does work for a client, or has it wait. */
export type InTurn = <Result>(source: string, cost: number, work: () => Promise<Result>) => Promise<Result>;

/**
 * Of one client, what is heavy is executed one after the other: subgraphs do not know clients, so that others would wait there
 * for all that one has sent. Operators do not wait.
 */
export function createInTurn(): InTurn {
  /** By client: when what has come last is over. */
  const last = new Map<string, Promise<void>>();

  return async (source, cost, work) => {
    if (cost < HEAVY_COST || source === OPERATOR) return await work();
    const before = last.get(source);
    const { promise, resolve } = Promise.withResolvers<void>();
    last.set(source, promise);
    await before;
    try {
      return await work();
    } finally {
      if (last.get(source) === promise) last.delete(source);
      resolve();
    }
  };
}
