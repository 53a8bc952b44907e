import { type Exchange, MOST_PARTS, type Part, withoutPlan } from '../data/exchange.ts';
import type { Result } from '../data/result.ts';
import type { Workspace } from '../data/workspace.ts';
import type { Increment, Reply } from './post.ts';

interface Recorded {
  readonly name: string;
  readonly kind: string;
  readonly query: string;
  /** JSON, as it was typed. */
  readonly variables: string;
}

/** Notes what comes of one operation, for what is shown beside its result, and in the history. */
export interface Recording {
  /** Returns what GraphiQL shows of a response; nothing in a tab that the operation is not of. */
  reply(reply: Reply): Result | AsyncIterable<Result> | Promise<never>;
  event(value: Result): void;
  /** A subscription is over. */
  over(): void;
}

export function recording(workspace: Workspace, { kind, ...operation }: Recorded): Recording {
  const { pausedAt, library } = workspace;
  // GraphiQL has ended what was left, and would show its result in whichever tab is active then.
  let isLeft = false;
  const stopWatching = workspace.tab.follow(() => {
    isLeft = true;
  });
  const { elapsed, note, notePart } = noting(workspace, kind);
  let hasEvents = false;
  pausedAt.set(undefined);

  const keep = (hasErrors: boolean) =>
    library.record({ ...operation, hasErrors, at: Date.now(), ms: elapsed() });
  const end = ({ bytes }: Reply) => note({ isRunning: false, ms: elapsed(), bytes: bytes() });

  async function* increments(first: Result, reply: Reply): AsyncGenerator<Result> {
    yield first;
    try {
      for await (const increment of reply.rest ?? []) {
        const { result, plan } = withoutPlan(increment);
        for (const { path, label, data, errors } of result.incremental ?? [])
          notePart(label ?? path.join('.'), { path, data, errors });
        note({ ...(plan && { plan }) });
        yield result satisfies Increment;
      }
    } catch {
      // It was stopped, or the router went away: what is there stays.
    }
    end(reply);
  }

  return {
    reply: (reply) => {
      const { result, plan } = withoutPlan(reply.result);
      note({ ...reply.response, plan });
      keep((result.errors ?? []).length > 0);
      stopWatching();
      if (isLeft) {
        reply.cancel();
        end(reply);
        note({ late: JSON.stringify(result, null, 2) });
        return new Promise(() => {});
      }
      if (reply.rest) return stoppable(increments(result, reply), reply.cancel);
      end(reply);
      return result;
    },
    event: (value) => {
      if (!hasEvents) keep(value.errors !== undefined);
      hasEvents = true;
      notePart('', value);
    },
    over: () => {
      stopWatching();
      note({ isRunning: false, ms: elapsed() });
      pausedAt.set(undefined);
    },
  };
}

/** Shows an exchange beside the result of the active tab, also once it is left. */
function noting({ exchanges, tab: { get } }: Pick<Workspace, 'exchanges' | 'tab'>, operation: string) {
  const tab = get();
  const begun = performance.now();
  const elapsed = () => performance.now() - begun;
  let current: Exchange = { operation, isRunning: true, parts: [] };
  let count = 0;
  show();

  function show(): void {
    exchanges.set(new Map(exchanges.get()).set(tab, current));
  }

  /** Nothing is shown of one that another has followed in its tab. */
  function note(more: Partial<Exchange>): void {
    const isShown = exchanges.get().get(tab) === current;
    current = { ...current, ...more };
    if (isShown) show();
  }

  function notePart(label: string, value: unknown): void {
    count += 1;
    const part: Part = { number: count, ms: elapsed(), label, value };
    note({ parts: [...current.parts, part].slice(-MOST_PARTS) });
  }

  return { elapsed, note, notePart };
}

/** GraphiQL stops it by the `return` of another iterator, while it waits for the next result. */
function stoppable(results: AsyncGenerator<Result>, stop: () => void): AsyncIterable<Result> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => results.next(),
      return: async () => {
        stop();
        return { done: true, value: undefined };
      },
    }),
  };
}
