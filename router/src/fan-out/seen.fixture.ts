import type { OperationResult } from '../request.ts';
import { cursorOf, numberOf } from './hub.fixture.ts';
import type { Member } from './index.ts';

/** One result that a member read. */
export interface SeenResult {
  /** The event, or the one that a state is of. */
  readonly number: number;
  /** An event has one; a state that was sent first has none. */
  readonly cursor: number | undefined;
  /** The query whose plan executed it. */
  readonly query: unknown;
}

/** What one member saw. */
export interface Seen {
  readonly member: Member;
  /** The cursor it brought. */
  readonly resumed: number | undefined;
  /** The oldest that may come first, where it brought no cursor. */
  readonly earliest: number;
  readonly results: SeenResult[];
  next: Promise<IteratorResult<OperationResult, undefined>> | undefined;
  isOver: boolean;
  hasLeft: boolean;
}

export const resultsIn = (result: OperationResult): SeenResult[] =>
  numberOf(result).map((number) => ({ number, cursor: cursorOf(result)[0], query: result.data?.plan }));

/** Whether it may come after the one before: the next event, or as long as no event has come a state that is no older. */
function follows({ number, cursor }: SeenResult, before: SeenResult): boolean {
  if (cursor !== undefined) return number === before.number + 1;
  return before.cursor === undefined && number >= before.number;
}

/** @param end the last event of the log, all of which was sent and read */
export function violationsIn(seen: Seen, end: number, hasState: boolean): string[] {
  const { results, resumed, earliest, member } = seen;
  const [first] = results;
  const last = results.at(-1)?.number ?? 0;
  const violations: string[] = [];
  const run = results
    .map(({ number, cursor }) => (cursor === undefined ? `state ${number}` : number))
    .join(', ');
  const saw = `${run}; it came with ${resumed}, and nothing older than ${earliest} was due`;
  if (
    results.some((one, index) => {
      const before = results[index - 1];
      return before !== undefined && !follows(one, before);
    })
  ) {
    violations.push(`a gap, a repeat, or an older state: ${saw}`);
  }
  if (results.some(({ number, cursor }) => cursor !== undefined && cursor !== number)) {
    violations.push(`a cursor of something else: ${saw}`);
  }
  if (results.some(({ cursor }) => cursor === undefined) && (!hasState || resumed !== undefined)) {
    violations.push(`an unexpected state: ${saw}`);
  }
  if (resumed !== undefined && first !== undefined && first.number !== resumed + 1) {
    violations.push(`not what follows its cursor: ${saw}`);
  }
  if (resumed === undefined && first !== undefined && first.number < earliest) {
    violations.push(`older than a new subscription would be: ${saw}`);
  }
  const mayEndEarly = seen.hasLeft || member.failure !== undefined;
  const isDue = resumed === undefined ? hasState && end > 0 : end > resumed;
  if (!mayEndEarly && last !== end && (isDue || first !== undefined)) {
    violations.push(`does not reach ${end}: ${saw}`);
  }
  return violations;
}
