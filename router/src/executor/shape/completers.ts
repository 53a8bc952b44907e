import { isTree, type Tree } from '../tree.ts';

/** A place in the response as a chain of steps from the root; only built while errors are looked for. */
export interface Link {
  readonly before: Link | undefined;
  readonly step: string | number;
}

/** A value that is not as the schema says. */
export interface Problem {
  readonly message: string;
  readonly at: Link | undefined;
}

/** One walk over a response. Problems are counted at first; a second walk, with places, tells them. */
export interface Walk {
  problems: number;
  readonly found: Problem[];
  /** Objects whose missing fields are null. */
  readonly withoutEntity: ReadonlySet<Tree>;
}

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
    walk.problems += 1;
    if (at) walk.found.push({ message, at });
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
    return read === undefined ? this.wrong(walk, at) : read;
  }
}

export class ListCompleter extends Completer {
  readonly #element: Completer;

  constructor(coordinate: string, isNullable: boolean, element: Completer) {
    super(coordinate, isNullable);
    this.#element = element;
  }

  override get element(): Completer {
    return this.#element;
  }

  complete(value: unknown, walk: Walk, at: Link | undefined): unknown {
    if (value === null || value === undefined) return this.nothing(value, walk, at);
    if (!Array.isArray(value)) return this.wrong(walk, at);
    const completed = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i++) {
      const element = this.#element.complete(value[i], walk, at && { before: at, step: i });
      if (element === undefined) return this.empty;
      completed[i] = element;
    }
    return completed;
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

/** The fields that a selection has on objects of one type. */
export type TypeShape = readonly ShapedField[];

export class ObjectCompleter extends Completer {
  readonly #shapeOf: (typename: unknown) => TypeShape | undefined;
  readonly #find: (name: string) => ShapedField | undefined;

  /**
   * @param shapeOf undefined where an object with that `__typename` cannot be
   * @param find the field of that name in the merged response, whatever the type
   */
  constructor(
    coordinate: string,
    isNullable: boolean,
    shapeOf: (typename: unknown) => TypeShape | undefined,
    find: (name: string) => ShapedField | undefined,
  ) {
    super(coordinate, isNullable);
    this.#shapeOf = shapeOf;
    this.#find = find;
  }

  override field(name: string, typename: unknown): ShapedField | undefined {
    return this.#shapeOf(typename)?.find(({ from }) => from === name) ?? this.#find(name);
  }

  complete(value: unknown, walk: Walk, at: Link | undefined): unknown {
    if (value === null || value === undefined) return this.nothing(value, walk, at);
    const shape = isTree(value) ? this.#shapeOf(value.__typename) : undefined;
    if (!shape || !isTree(value)) return this.wrong(walk, at);
    const completed: Tree = {};
    for (const { key, from, completer } of shape) {
      const held = value[from];
      const inner = held === undefined && walk.withoutEntity.has(value) ? null : held;
      const field =
        typeof completer === 'string'
          ? completer
          : completer.complete(inner, walk, at && { before: at, step: key });
      if (field === undefined) return this.empty;
      set(completed, key, field);
    }
    return completed;
  }
}

function set(object: Tree, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
