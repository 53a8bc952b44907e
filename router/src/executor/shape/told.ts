import type { GraphQLError } from 'graphql';
import type { Path } from '../targets.ts';
import { type Link, pathOf } from './walk.ts';

/** The errors that a client is told. */
export class Told {
  readonly #texts = new Set<string>();
  /** Paths of errors and of all around them, as JSON. */
  readonly #places = new Set<string>();
  /** Paths that are not among the places yet: most responses never ask for them. */
  #unplaced: Path[] = [];

  /** @returns whether it is new: several fetches may have met one fault, and say the same of the same place */
  add({ path, message, extensions }: GraphQLError): boolean {
    if (!path) return true;
    const text = JSON.stringify([path, message, extensions.code]);
    if (this.#texts.has(text)) return false;
    this.#texts.add(text);
    this.#unplaced.push(path);
    return true;
  }

  /** Whether one of them is at a place, or below it. */
  explains(at: Link): boolean {
    for (const path of this.#unplaced) for (const place of prefixes(path)) this.#places.add(place);
    this.#unplaced = [];
    return this.#places.has(JSON.stringify(pathOf(at)));
  }
}

/** As JSON, the path itself among them; the root is none. */
export const prefixes = (path: Path): string[] =>
  path.map((_, index) => JSON.stringify(path.slice(0, index + 1)));
