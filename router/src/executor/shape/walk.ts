import { type AllowanceLimits, responseTooLarge } from '../../sources/allowance.ts';
import type { Tree } from '../../tree.ts';
import type { Part } from '../deferred-fragments.ts';
import type { Path } from '../targets.ts';

/** Where a value is for the client, as a chain of steps from the root; only built where places are looked for. */
export interface Link {
  readonly before: Link | undefined;
  readonly step: string | number;
}

export const ROOT: Link = { before: undefined, step: '' };

export function pathOf(link: Link | undefined): Path {
  const path: (string | number)[] = [];
  for (let at = link; at && at !== ROOT; at = at.before) path.unshift(at.step);
  return path;
}

/** Of an error for what the caller may not see. */
export const FORBIDDEN = { code: 'FORBIDDEN' } as const;

/** A value that is not as the schema says. */
export interface Problem {
  readonly message: string;
  /** Of its error. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly at: Link;
  /** Whether what holds the value becomes null, too. */
  readonly rises: boolean;
  /** The places of others that make the same object or list null: an error of one is enough. */
  readonly besides: readonly Link[];
}

/** The problems within what one null takes the place of: those whose own nulls have risen to it, as one. */
export function joined(problems: readonly Problem[]): Problem[] {
  const [first, ...others] = problems.filter(({ rises }) => rises);
  if (!first) return [];
  const besides = [...first.besides, ...others.flatMap(({ at, besides }) => [at, ...besides])];
  return [{ ...first, rises: false, besides }];
}

/** A deferred fragment on one object that the client has got. */
export interface Occurrence {
  readonly part: Part;
  readonly completer: { compose(value: unknown, walk: Walk, at: Link | undefined): unknown };
  readonly object: Tree;
  readonly at: Link;
}

/** What is noted where a response comes in parts. */
export interface Deferral {
  readonly occurrences: Occurrence[];
  /**
   * The objects and lists in whose place the client has got null, by their path as JSON. They stay null in later parts, so
   * that the parts together are what one response would be.
   */
  readonly nulls: Set<string>;
}

/** One walk over a response. Problems are counted at first; a second walk, with places, tells them. */
export interface Walk {
  problems: number;
  /** Bytes that the response may still have, about; what is more is thrown. */
  left: number;
  readonly limits: AllowanceLimits | undefined;
  readonly found: Problem[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** By object, the fields that are null where they are missing. */
  readonly withoutEntity: ReadonlyMap<Tree, ReadonlySet<string>>;
  /** Requires places. */
  readonly deferral?: Deferral;
}

/** Counts so many bytes. @throws GraphQLError RESPONSE_TOO_LARGE */
export function count(walk: Walk, bytes: number): void {
  walk.left -= bytes;
  if (walk.left < 0 && walk.limits) throw responseTooLarge(walk.limits);
}
