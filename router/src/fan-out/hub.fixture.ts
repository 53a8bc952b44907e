import { setImmediate as turn } from 'node:timers/promises';
import type { SubgraphResult } from '@airline/service/server';
import { onTestFinished } from 'vitest';
import type { Clock } from '../clock.ts';
import { isRefused } from '../refusal.ts';
import { authorityOf, type Client, type OperationResult } from '../request.ts';
import {
  type ConnectUpstream,
  createSubscriptions,
  type Limits,
  type Member,
  type PlannedSubscription,
  type SubscribeOptions,
} from './index.ts';
import { createSubgraph } from './subgraph.fixture.ts';

export { isRefused } from '../refusal.ts';

/** One execution that waits to be ended by hand. */
export interface Execution {
  readonly plan: string;
  readonly event: SubgraphResult;
  readonly client: Client;
  /** Returns the event's data. */
  end(): void;
  fail(error: unknown): void;
}

let addresses = 0;

export const client = (subject?: string, expiresAt?: number): Client => ({
  authority: authorityOf({ subject, roles: ['customer'], scopes: [] }, expiresAt),
  source: subject === undefined ? `address:${++addresses}` : `user:${subject}`,
  forwarded: { authorization: `${subject} until ${expiresAt}` },
});

/** Lets everything pending that can continue do so, without waiting for anything outside the process. */
export const settled = (): Promise<void> => turn();

/** A clock that stands until it is put forward. */
function createClock(start = 1_000) {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = start;
  const clock: Clock = {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  return {
    clock,
    timers,
    advance(ms: number): void {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at > now || !timers.delete(timer)) continue;
        timer.callback();
      }
    },
  };
}

export interface PlanOptions {
  /** Distinguishes plans of one operation. */
  readonly plan?: string;
  readonly key?: string;
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Executions end by themselves, at once. */
  readonly atOnce?: boolean;
}

/** A hub on a subgraph, an executor and a clock that are all driven by hand. */
export function createHub(
  options: { limits?: Partial<Limits>; through?: (connect: ConnectUpstream) => ConnectUpstream } = {},
) {
  const subgraph = createSubgraph();
  const { clock, timers, advance } = createClock();
  const executions: Execution[] = [];
  const failures: unknown[] = [];
  const hub = createSubscriptions<PlannedSubscription>({
    connect: options.through?.(subgraph.connect) ?? subgraph.connect,
    clock,
    limits: options.limits,
    failed: (error) => void failures.push(error),
  });
  onTestFinished(() => hub.close());
  let executed = 0;

  function planned({ plan = 'plan', key = 'operation', ...rest }: PlanOptions = {}): PlannedSubscription {
    const { query = 'subscription { event }', variables = {}, atOnce = false } = rest;
    return {
      key,
      variables,
      cost: 1,
      weight: 1,
      primary: { subgraph: 'flight', query, variables },
      execute(event, by) {
        executed += 1;
        // Fetching the rest changes the event.
        const data = { ...event.data, plan };
        delete event.data?.event;
        const { promise, resolve, reject } = Promise.withResolvers<OperationResult>();
        const execution = { plan, event, client: by, end: () => resolve({ data }), fail: reject };
        if (atOnce) execution.end();
        else executions.push(execution);
        return promise;
      },
    };
  }

  function join(plan: PlannedSubscription, more: Partial<SubscribeOptions> = {}): Member {
    const member = hub.subscribe(plan, { client: client(), ...more });
    if (isRefused(member)) throw new Error(`Refused: ${member.errors[0]?.message}`);
    return member;
  }

  /** Ends the oldest execution, and lets what follows from it happen. */
  async function endExecution(): Promise<void> {
    const execution = executions.shift();
    if (!execution) throw new Error('Nothing is being executed.');
    execution.end();
    await settled();
  }

  return {
    hub,
    subgraph,
    executions,
    failures,
    timers,
    advance,
    planned,
    join,
    endExecution,
    executed: () => executed,
  };
}

/** Reads to the end in the background; returns what was read. */
export function read(member: Member) {
  const results: OperationResult[] = [];
  const state = { isDone: false };
  const over = (async () => {
    for await (const result of member) results.push(result);
    state.isDone = true;
  })();
  return {
    results,
    over,
    get isDone() {
      return state.isDone;
    },
    /** The number of each event, and of the event that each state is of. */
    get numbers(): number[] {
      return results.flatMap(numberOf);
    },
    /** Cursors of all results that have one. */
    get cursors(): number[] {
      return results.flatMap(cursorOf);
    },
    /** The code of the error that it ended with, if it did. */
    get code(): unknown {
      return member.failure && results.at(-1) === member.failure ? codeOf(member.failure) : undefined;
    },
  };
}

export const numberOf = ({ data }: OperationResult): number[] =>
  typeof data?.event === 'number' ? [data.event] : [];

export const cursorOf = ({ extensions }: OperationResult): number[] =>
  extensions?.cursor === undefined ? [] : [Number(extensions.cursor)];

export const codeOf = ({ errors }: { readonly errors?: OperationResult['errors'] }): unknown =>
  errors?.[0]?.extensions?.code;
