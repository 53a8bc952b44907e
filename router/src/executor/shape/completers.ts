import { isTree, setField, type Tree } from '../../tree.ts';
import type { Part } from '../deferred-fragments.ts';
import { count, FORBIDDEN, joined, type Link, type Problem, pathOf, type Walk } from './walk.ts';

/** Completes values of one type at one place of the selection: "CompleteValue" of the GraphQL specification. */
export abstract class Completer {
  /** The field, such as `Flight.code`. */
  protected readonly coordinate: string;
  protected readonly isNullable: boolean;

  constructor(coordinate: string, isNullable: boolean) {
    this.coordinate = coordinate;
    this.isNullable = isNullable;
  }

  /** @returns the value for the client, or undefined where a null may not be: what holds it becomes null. */
  abstract complete(value: unknown, walk: Walk, at: Link | undefined): unknown;

  /** The field of that response name in the merged response, on objects with that `__typename` below this value. */
  field(_name: string, _typename: unknown): ShapedField | undefined {
    return undefined;
  }

  /** What completes the elements, for a list. */
  get element(): Completer | undefined {
    return undefined;
  }

  /** The deferred fragments on objects with that `__typename`. */
  deferred(_typename: unknown): readonly DeferredShape[] {
    return [];
  }

  /** Why the caller may not see a value with that `__typename`; undefined for one that it may see. */
  denialOf(_typename: unknown): string | undefined {
    return undefined;
  }

  /** For a value that is not there. */
  protected nothing(value: null | undefined, walk: Walk, at: Link | undefined): null | undefined {
    if (value === null && this.isNullable) return null;
    const what = this.isNullable ? 'could not be fetched' : 'must not be null';
    return this.flaw(`The value of ${this.coordinate} ${what}.`, walk, at);
  }

  /** For a value that is not of the type. */
  protected wrong(walk: Walk, at: Link | undefined): null | undefined {
    return this.flaw(`The value of ${this.coordinate} is not of its type.`, walk, at);
  }

  protected flaw(message: string, walk: Walk, at: Link | undefined): null | undefined {
    return this.told({ message }, walk, at);
  }

  /** For a value that the caller may not see. */
  protected denied(message: string, walk: Walk, at: Link | undefined): null | undefined {
    return this.told({ message, extensions: FORBIDDEN }, walk, at);
  }

  protected told(
    what: Pick<Problem, 'message' | 'extensions'>,
    walk: Walk,
    at: Link | undefined,
  ): null | undefined {
    walk.problems += 1;
    if (at) walk.found.push({ ...what, at, rises: !this.isNullable, besides: [] });
    return this.empty;
  }

  /** In the place of a value whose parts may not be null and are. */
  protected get empty(): null | undefined {
    return this.isNullable ? null : undefined;
  }
}

export class LeafCompleter extends Completer {
  readonly #read: (value: unknown) => unknown;

  /** @param read returns the value for the client, or undefined where it is not of the type */
  constructor(coordinate: string, isNullable: boolean, read: (value: unknown) => unknown) {
    super(coordinate, isNullable);
    this.#read = read;
  }

  complete(value: unknown, walk: Walk, at: Link | undefined): unknown {
    if (value === null || value === undefined) return this.nothing(value, walk, at);
    const read = this.#read(value);
    if (typeof read === 'string') walk.left -= read.length;
    return read === undefined ? this.wrong(walk, at) : read;
  }
}

/** Completes what the caller may not see: null, whatever there is. */
export class DeniedCompleter extends Completer {
  readonly #message: string;

  constructor(coordinate: string, isNullable: boolean, message: string) {
    super(coordinate, isNullable);
    this.#message = message;
  }

  override denialOf(): string {
    return this.#message;
  }

  complete(_value: unknown, walk: Walk, at: Link | undefined): null | undefined {
    return this.denied(this.#message, walk, at);
  }
}

/** Completes what is made of other values. */
abstract class CompositeCompleter extends Completer {
  complete(value: unknown, walk: Walk, at: Link | undefined): unknown {
    const { deferral } = walk;
    if (!deferral || !at) return this.compose(value, walk, at);
    const place = JSON.stringify(pathOf(at));
    if (deferral.nulls.has(place)) return null;
    const before = deferral.occurrences.length;
    const completed = this.compose(value, walk, at);
    if (completed === null) deferral.nulls.add(place);
    if (completed === null || completed === undefined) deferral.occurrences.length = before;
    return completed;
  }

  abstract compose(value: unknown, walk: Walk, at: Link | undefined): unknown;

  /** In the place of a value that a part's null has risen to; `before` is how many problems there were before the value. */
  protected lost(walk: Walk, before: number): null | undefined {
    const within = walk.found.splice(before);
    walk.found.push(...(this.isNullable ? joined(within) : within.filter(({ rises }) => rises)));
    return this.empty;
  }
}

export class ListCompleter extends CompositeCompleter {
  readonly #element: Completer;

  constructor(coordinate: string, isNullable: boolean, element: Completer) {
    super(coordinate, isNullable);
    this.#element = element;
  }

  override get element(): Completer {
    return this.#element;
  }

  compose(value: unknown, walk: Walk, at: Link | undefined): unknown {
    if (value === null || value === undefined) return this.nothing(value, walk, at);
    if (!Array.isArray(value)) return this.wrong(walk, at);
    count(walk, value.length);
    const completed = new Array<unknown>(value.length);
    const before = walk.found.length;
    let isLost = false;
    for (let i = 0; i < value.length; i++) {
      const element = this.#element.complete(value[i], walk, at && { before: at, step: i });
      completed[i] = element;
      if (element !== undefined) continue;
      // Where problems are told, any of them may be the one that an error explains.
      if (!at) return this.empty;
      isLost = true;
    }
    return isLost ? this.lost(walk, before) : completed;
  }
}

/** A field of a selection on one type. */
export interface ShapedField {
  /** Its response name for the client. */
  readonly key: string;
  /** Its response name in the merged response. */
  readonly from: string;
  /** What completes its values; a string is the value, for `__typename`. */
  readonly completer: Completer | string;
}

/** What a selection has on objects of one type. */
export interface TypeShape {
  readonly fields: readonly ShapedField[];
  readonly deferred: readonly DeferredShape[];
  /** Of an object's JSON, its values aside. */
  readonly bytes: number;
  /** Whether the caller may not see that there is such an object. */
  readonly isDenied?: boolean;
}

/** A deferred fragment of the selection on one type. */
export interface DeferredShape {
  readonly part: Part;
  readonly completer: ObjectCompleter;
}

export class ObjectCompleter extends CompositeCompleter {
  readonly #shapeOf: (typename: unknown) => TypeShape | undefined;
  readonly #shapesOf: (typename: unknown) => readonly TypeShape[];

  /**
   * @param shapeOf undefined where an object with that `__typename` cannot be
   * @param shapesOf of all types that an object with that `__typename` may be of
   */
  constructor(
    coordinate: string,
    isNullable: boolean,
    shapeOf: (typename: unknown) => TypeShape | undefined,
    shapesOf: (typename: unknown) => readonly TypeShape[],
  ) {
    super(coordinate, isNullable);
    this.#shapeOf = shapeOf;
    this.#shapesOf = shapesOf;
  }

  override field(name: string, typename: unknown): ShapedField | undefined {
    return this.#shapesOf(typename)
      .flatMap(({ fields }) => fields)
      .find(({ from }) => from === name);
  }

  override denialOf(typename: unknown): string | undefined {
    return typename !== undefined && this.#shapeOf(typename)?.isDenied ? this.#denial : undefined;
  }

  get #denial(): string {
    return `The value of ${this.coordinate} is not for this caller.`;
  }

  override deferred(typename: unknown): readonly DeferredShape[] {
    return this.#shapesOf(typename).flatMap(({ deferred }) => deferred);
  }

  compose(value: unknown, walk: Walk, at: Link | undefined): unknown {
    if (value === null || value === undefined) return this.nothing(value, walk, at);
    const shape = isTree(value) ? this.#shapeOf(value.__typename) : undefined;
    if (!shape || !isTree(value)) return this.wrong(walk, at);
    if (shape.isDenied) return this.denied(this.#denial, walk, at);
    count(walk, shape.bytes);
    const before = walk.found.length;
    const completed = completeFields(shape, value, walk, at);
    if (!completed) return at ? this.lost(walk, before) : this.empty;
    if (at)
      for (const deferred of shape.deferred)
        walk.deferral?.occurrences.push({ ...deferred, object: value, at });
    return completed;
  }
}

/** @returns undefined where a field is null that may not be; without places, the fields behind it are not looked at */
function completeFields(
  { fields }: TypeShape,
  value: Tree,
  walk: Walk,
  at: Link | undefined,
): Tree | undefined {
  const completed: Tree = {};
  let isLost = false;
  for (const { key, from, completer } of fields) {
    const held = value[from];
    const inner = held === undefined && walk.withoutEntity.get(value)?.has(from) ? null : held;
    const field =
      typeof completer === 'string'
        ? completer
        : completer.complete(inner, walk, at && { before: at, step: key });
    setField(completed, key, field);
    if (field !== undefined) continue;
    if (!at) return undefined;
    isLost = true;
  }
  return isLost ? undefined : completed;
}
