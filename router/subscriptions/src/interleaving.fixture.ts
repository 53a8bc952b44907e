import fc from 'fast-check';
import { createHub, cursorOf, settled } from './hub.fixture.ts';
import type { Answer, Member, PlannedSubscription } from './index.ts';
import { createLog } from './log.fixture.ts';

/** What happens next; `which` chooses among all that is possible. */
export interface Step {
  readonly kind:
    | 'happen'
    | 'push'
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
  execute: 14,
  join: 3,
  'join another': 2,
  resume: 4,
  leave: 2,
  read: 14,
  reload: 1,
  move: 1,
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

/** What one member saw. */
interface Seen {
  readonly member: Member;
  /** The cursor it brought. */
  readonly resumed: number | undefined;
  /** The last event that was sent to those without a cursor when it came. */
  readonly cameAt: number;
  readonly cursors: number[];
  next: Promise<IteratorResult<Answer, undefined>> | undefined;
  isOver: boolean;
  hasLeft: boolean;
}

const LIMITS = { queuedAnswers: 4, waitingEvents: 6 };

/**
 * Runs the steps against a subgraph whose log is the numbers from 1, lets everything come to rest, and tells what any
 * member saw that it must not: anything but an unbroken run that begins where it should and, unless the member left or
 * ended with an error, reaches the log's end.
 *
 * @param hasState whether a state is sent first
 * @param isFaulty a subgraph that ignores cursors, so that whoever resumes misses events
 */
export async function violationsOf(todo: readonly Step[], hasState: boolean, isFaulty = false) {
  const log = createLog(hasState, isFaulty);
  let moves = 0;
  const { hub, executions, executed, planned, join } = createHub({ limits: LIMITS, through: log.through });
  const all: Seen[] = [];
  const plan = (key = 'one') => planned({ key, query: `subscription { event${moves} }` });

  function admit(key: string, resumed: number | undefined): void {
    const cursor = resumed === undefined ? undefined : String(resumed);
    const cameAt = log.liveAt(plan().primary.query);
    const member = join(plan(key), { cursor });
    all.push({ member, resumed, cameAt, cursors: [], next: undefined, isOver: false, hasLeft: false });
  }

  async function readOne(seen: Seen | undefined): Promise<void> {
    if (!seen || seen.isOver) return;
    seen.next ??= seen.member.next();
    const result = await Promise.race([seen.next, settled()]);
    if (result) seen.next = undefined;
    if (result?.done) seen.isOver = true;
    else if (result) seen.cursors.push(...cursorOf(result.value as Answer));
  }

  const pick = <Item>(items: readonly Item[], which: number): Item | undefined => items[which % items.length];

  function newSupergraph(): void {
    hub.reload((old: PlannedSubscription) => plan(old.key));
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
    execute: (which) => executions.splice(which % (executions.length || 1), 1)[0]?.end(),
    join: () => admit('one', undefined),
    'join another': () => admit('two', undefined),
    resume: (which) => admit('one', pick(all, which)?.cursors.at(-1) ?? log.end()),
    leave: (which) => leave(pick(all, which)),
    read: (which) => readOne(pick(all, which)),
    reload: newSupergraph,
    move: () => {
      // Whoever moves between an announcement and its state goes without the state.
      for (const sending of log.sendings) if (sending.owesState) sending.push();
      moves += 1;
      newSupergraph();
    },
  };

  async function comeToRest(): Promise<void> {
    const progress = () =>
      String([executed(), executions.length, ...all.map(({ cursors }) => cursors.length)]);
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

function violationsIn(seen: Seen, end: number, hasState: boolean): string[] {
  const { cursors, resumed, cameAt, member } = seen;
  const [first] = cursors;
  const violations: string[] = [];
  const saw = `${JSON.stringify(cursors)}, having come at ${cameAt} with ${resumed}`;
  if (cursors.some((cursor, index) => index > 0 && cursor !== (cursors[index - 1] ?? 0) + 1)) {
    violations.push(`a gap or a repeat: ${saw}`);
  }
  if (resumed !== undefined && first !== undefined && first !== resumed + 1) {
    violations.push(`not what follows its cursor: ${saw}`);
  }
  const earliest = hasState ? cameAt : cameAt + 1;
  if (resumed === undefined && first !== undefined && first < earliest) {
    violations.push(`older than a new subscription would be: ${saw}`);
  }
  const mayEndEarly = seen.hasLeft || member.failure !== undefined;
  const isDue = resumed === undefined ? hasState && end > 0 : end > resumed;
  if (!mayEndEarly && (cursors.at(-1) ?? 0) !== end && (isDue || first !== undefined)) {
    violations.push(`does not reach ${end}: ${saw}`);
  }
  return violations;
}
