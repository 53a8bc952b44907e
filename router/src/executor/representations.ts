import type { Tree } from '../tree.ts';
import { type RepresentationWriter, type TypeWriter, writeAs } from './representation-writer.ts';

/** The representations of one request, each once. */
export class Representations {
  /** As JSON, separated by commas. */
  json = '';
  readonly #indexes = new Map<string, number>();

  get count(): number {
    return this.#indexes.size;
  }

  /**
   * Takes objects that one writer writes.
   * @returns what returns the index of an object's representation; undefined for one that cannot be asked for
   */
  of(writer: RepresentationWriter): (object: Tree) => number | undefined {
    // Most objects of a list are as others are: by their keys they are known before anything is written.
    const known = new Map<TypeWriter, Map<unknown, number>>();
    return (object) => {
      const type = writer.typeOf(object);
      if (type.key === undefined) return this.#indexOf(writeAs(type, object));
      const byKey = known.get(type) ?? new Map<unknown, number>();
      if (byKey.size === 0) known.set(type, byKey);
      const key = object[type.key];
      const found = byKey.get(key);
      if (found !== undefined) return found;
      const index = this.#indexOf(writeAs(type, object));
      if (index !== undefined) byKey.set(key, index);
      return index;
    };
  }

  #indexOf(representation: string | undefined): number | undefined {
    if (representation === undefined || representation === '{}') return undefined;
    const known = this.#indexes.get(representation);
    if (known !== undefined) return known;
    const index = this.#indexes.size;
    this.#indexes.set(representation, index);
    this.json += index === 0 ? representation : `,${representation}`;
    return index;
  }
}
