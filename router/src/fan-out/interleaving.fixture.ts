import fc from 'fast-check';
import type { OperationResult } from '../request.ts';
import { createHub, settled } from './hub.fixture.ts';
import type { PlannedSubscription } from './index.ts';
import { createLog, type Fault } from './log.fixture.ts';
import { resultsIn, type Seen, violationsIn } from './seen.fixture.ts';

/** What happens next; `which` chooses among all that is possible. */
export interface Step {
  readonly kind:
    | 'happen'
    | 'push'
    | 'drop'
    | 'execute'
    | 'join'
    | 'join another'
    | 'resume'
    | 'leave'
    | 'read'
    | 'reload'
    | 'move';
  readonly which: number;
}

const kinds: Record<Step['kind'], number> = {
  happen: 8,
  push: 20,
  drop: 2,
  execute: 14,
  join: 3,
  'join another': 2,
  resume: 4,
  leave: 2,
  read: 14,
  reload: 1,
  move: 2,
};

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      ...Object.entries(kinds).map(([kind, weight]) => ({
        weight,
        arbitrary: fc.constant(kind as Step['kind']),
      })),
    ),
    which: fc.nat(999),
  }),
  { maxLength: 120, size: 'max' },
);

const LIMITS = { queuedResults: 4, waitingEvents: 6 };

type Key = 'one' | 'two';

/**
 * Runs the steps against a subgraph whose log is the numbers from 1, lets everything come to rest, and returns what any
 * member saw that it must not: anything but an unbroken run that begins where it should and, unless the member left or
 * ended with an error, reaches the log's end.
 *
 * @param hasState whether a state is sent first
 */
export async function violationsOf(todo: readonly Step[], hasState: boolean, fault?: Fault) {
  const log = createLog(hasState, fault);
  const { hub, executions, executed, planned, join } = createHub({ limits: LIMITS, through: log.through });
  const all: Seen[] = [];
  const queries: Record<Key, string> = { one: 'subscription { event0 }', two: 'subscription { event0 }' };
  const plan = (key: Key) => planned({ key, query: queries[key], plan: queries[key] });

  function admit(key: Key, resumed?: number, newest = 0): void {
    const cursor = resumed === undefined ? undefined : String(resumed);
    const earliest = Math.max(log.liveAt(queries[key]) + (hasState ? 0 : 1), newest);
    const member = join(plan(key), { cursor });
    all.push({ member, resumed, earliest, results: [], next: undefined, isOver: false, hasLeft: false });
  }

  /** Who saw only a state so far comes back without a cursor, and then gets none that is older. */
  function comeBack(before: Seen | undefined): void {
    const last = before?.results.at(-1);
    if (!last) admit('one', log.end());
    else if (last.cursor !== undefined) admit('one', last.cursor);
    else admit('one', undefined, last.query === queries.one ? last.number : 0);
  }

  async function readOne(seen: Seen | undefined): Promise<void> {
    if (!seen || seen.isOver) return;
    seen.next ??= seen.member.next();
    const result = await Promise.race([seen.next, settled()]);
    if (result) seen.next = undefined;
    if (result?.done) seen.isOver = true;
    else if (result) seen.results.push(...resultsIn(result.value as OperationResult));
  }

  const pick = <Item>(items: readonly Item[], which: number): Item | undefined => items[which % items.length];

  function newSupergraph(): void {
    hub.reload((old: PlannedSubscription) => plan(old.key as Key));
  }

  async function leave(seen: Seen | undefined): Promise<void> {
    if (!seen) return;
    await seen.member.return();
    seen.isOver = true;
    seen.hasLeft = true;
  }

  const take: Record<Step['kind'], (which: number) => unknown> = {
    happen: () => log.happen(),
    push: (which) => pick([...log.sendings], which)?.push(),
    execute: (which) => executions.splice(which % Math.max(1, executions.length), 1)[0]?.end(),
    drop: (which) => pick([...log.sendings], which)?.drop(),
    join: () => admit('one'),
    'join another': () => admit('two'),
    resume: (which) => comeBack(pick(all, which)),
    leave: (which) => leave(pick(all, which)),
    read: (which) => readOne(pick(all, which)),
    reload: newSupergraph,
    move: (which) => {
      // Where others are already, or not.
      queries[which % 2 ? 'one' : 'two'] = `subscription { event${which % 3} }`;
      newSupergraph();
    },
  };

  async function comeToRest(): Promise<void> {
    const progress = () =>
      String([executed(), executions.length, ...all.map(({ results }) => results.length)]);
    for (let idle = 0; idle < 3; idle += 1) {
      const before = progress();
      for (const sending of log.sendings) sending.push();
      for (const execution of executions.splice(0)) execution.end();
      await settled();
      for (const seen of all) await readOne(seen);
      if (before !== progress()) idle = -1;
    }
  }

  for (const { kind, which } of todo) {
    await take[kind](which);
    await settled();
  }
  await comeToRest();
  const violations = all.flatMap((seen) => violationsIn(seen, log.end(), hasState));
  for (const { member } of all) await member.return();
  const counts = hub.counts();
  if (counts.members + counts.groups + counts.upstreams + log.sendings.size > 0) {
    violations.push(`something is left: ${JSON.stringify(counts)}`);
  }
  return violations;
}
