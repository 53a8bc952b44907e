import type { GraphQLError } from 'graphql';
import type { DeferredPart, Pending } from '../../request.ts';
import { isTooLarge } from '../../sources/allowance.ts';
import type { Tree } from '../../tree.ts';
import type { DeferredFragment, Part } from '../deferred-fragments.ts';
import type { Run } from '../run.ts';
import type { ErrorPlace, Path } from '../targets.ts';
import type { Completer } from './completers.ts';
import {
  errorAt,
  explain,
  type Response,
  treeOf,
  type Way,
  walkOf,
  waysOf,
  withoutValue,
} from './respond.ts';
import { prefixes, Told } from './told.ts';
import { type Deferral, type Occurrence, pathOf, ROOT, type Walk } from './walk.ts';

/** A deferred fragment on an object that the client has got. */
export interface Promised extends Pending, Pick<Occurrence, 'part'> {
  readonly occurrence: Occurrence;
}

/** An error of a fetch, of a part that the client has not got yet. */
interface Located {
  readonly error: GraphQLError;
  readonly isWhole: boolean;
}

/** Where an error is for the client, and the part that it goes with. */
interface Owned {
  readonly owner: Part;
  readonly way: Way | undefined;
}

/** Shapes a merged response part by part, each when its data is there. */
export class ResponseInParts {
  readonly #shape: Completer;
  readonly #deferred: readonly DeferredFragment[];
  /** By part; they have their errors apart. */
  readonly #runs: readonly [Run, ...Run[]];
  readonly #located = new Map<Part, Located[]>();
  readonly #nulls = new Set<string>();
  readonly #told = new Told();
  readonly #delivered = new Set<Part>();
  #promised = 0;

  constructor(shape: Completer, deferred: readonly DeferredFragment[], runs: readonly [Run, ...Run[]]) {
    this.#shape = shape;
    this.#deferred = deferred;
    this.#runs = runs;
  }

  /** The first part, and what it leaves for later. */
  first(): { readonly response: Response; readonly promised: readonly Promised[] } {
    const walk = this.#walk();
    const data = treeOf(this.#shape.complete(this.#runs[0].root, walk, ROOT));
    const fetched = this.#errorsOf(0).map(({ error }) => error);
    const errors = [...this.#tell(fetched), ...this.#tell(explain(walk.found, this.#told))];
    const response = errors.length > 0 ? { data, errors } : { data };
    return { response, promised: this.#promise(walk.deferral.occurrences) };
  }

  /** A part on all the objects that it is promised for, and what it leaves for later. */
  later(
    part: Part,
    objects: readonly Promised[],
  ): { readonly parts: readonly DeferredPart<GraphQLError>[]; readonly promised: readonly Promised[] } {
    const errors = shareOut(this.#errorsOf(part), objects);
    const walks = objects.map((pending) => this.#complete(pending, errors.get(pending) ?? []));
    return {
      parts: walks.map(({ delivered }) => delivered),
      promised: this.#promise(walks.flatMap(({ occurrences }) => occurrences)),
    };
  }

  #complete({ occurrence, id, path, label }: Promised, located: readonly Located[]) {
    // Another part has made its object null since, and said why.
    if (prefixes(path).some((place) => this.#nulls.has(place)))
      return { delivered: { pending: { id, path, label }, data: null }, occurrences: [] };
    const walk = this.#walk();
    const { completer, object, at } = occurrence;
    const errors = located.map(({ error }) => error);
    let data: Tree | null = null;
    try {
      data = treeOf(completer.compose(object, walk, at));
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      errors.push(error);
    }
    const fresh = this.#tell(errors);
    const unexplained = explain(walk.found, this.#told);
    fresh.push(...this.#tell(unexplained));
    let told = data === null ? [...errors, ...unexplained] : fresh;
    // Where it fails for what the client knows already, it is said again why.
    if (data === null && told.length === 0) told = explain(walk.found, new Told());
    const delivered: DeferredPart<GraphQLError> = {
      pending: { id, path, label },
      data,
      ...(told.length > 0 && { errors: told }),
    };
    return { delivered, occurrences: data ? walk.deferral.occurrences : [] };
  }

  /** @returns those that the client has not been told yet */
  #tell(errors: readonly GraphQLError[]): GraphQLError[] {
    return errors.filter((error) => this.#told.add(error));
  }

  #walk(): Walk & { readonly deferral: Deferral } {
    return { ...walkOf(this.#runs[0]), deferral: { occurrences: [], nulls: this.#nulls } };
  }

  #promise(occurrences: readonly Occurrence[]): Promised[] {
    return occurrences.map((occurrence) => {
      const { part, at } = occurrence;
      this.#promised += 1;
      const { label } = this.#deferred[part - 1] ?? {};
      return { occurrence, part, id: String(this.#promised), path: pathOf(at), label };
    });
  }

  /** The errors of a part's fetches, and those of earlier ones that concern what only this part selects. */
  #errorsOf(part: Part): Located[] {
    this.#delivered.add(part);
    const mine = this.#located.get(part) ?? [];
    for (const { place, ...told } of this.#runs[part]?.errors ?? []) {
      for (const { owner, way } of this.#placesOf(place, part)) {
        const error = errorAt(way, told);
        const of = owner === part ? mine : this.#located.get(owner);
        const located = { error, isWhole: way?.isWhole === true };
        if (of) of.push(located);
        else this.#located.set(owner, [located]);
      }
    }
    const once = new Told();
    return mine.filter(({ error }) => once.add(error));
  }

  /** An error about fields is at each that the client has selected, or else at their object. */
  #placesOf(place: ErrorPlace | undefined, part: Part): readonly Owned[] {
    if (!place) return [{ owner: part, way: undefined }];
    const { path } = place;
    const selected = withoutValue(place, this.#runs[0].root)
      .map((field) => this.#locate([...path, field], part))
      .filter(({ way }) => way.isWhole);
    return selected.length > 0 ? selected : [this.#locate(path, part)];
  }

  /** The part whose selection an error's path ends in: the one that fetched it, or else one that comes later. */
  #locate(path: Path, part: Part): { readonly owner: Part; readonly way: Way } {
    const ways = waysOf(this.#shape, this.#runs[0].root, path);
    const whole = ways.filter(({ isWhole }) => isWhole);
    const own = whole.find((way) => way.part === part);
    const later = whole.find((way) => !this.#delivered.has(way.part));
    // What is below is of a part that the client may never get.
    const had = ways.filter((way) => this.#delivered.has(way.part));
    const longest = had.reduce((best, way) => (way.path.length > best.path.length ? way : best));
    const way = own ?? later ?? whole[0] ?? longest;
    return { owner: way === later ? way.part : part, way };
  }
}

/** Errors by the object that each is in, or else by the first that is in its place. What the client has not got has none. */
function shareOut(
  errors: readonly Located[],
  objects: readonly Promised[],
): ReadonlyMap<Promised | undefined, readonly Located[]> {
  if (errors.length === 0) return new Map();
  const at = new Map(objects.map((object) => [JSON.stringify(object.path), object]));
  const below = new Map<string, Promised>();
  for (const object of objects.toReversed())
    for (const place of withRoot(object.path)) below.set(place, object);
  return Map.groupBy(errors, ({ error, isWhole }) => {
    const places = withRoot(error.path ?? []);
    const of = places.find((place) => at.has(place));
    if (of !== undefined) return at.get(of);
    return isWhole ? undefined : below.get(places.at(-1) ?? '');
  });
}

const withRoot = (path: Path): string[] => ['[]', ...prefixes(path)];
