import type { ConstArgumentNode } from 'graphql';

/** A field that only the planner knows: `fare(currency: "USD")` under a name of its own. */
export interface SyntheticField {
  readonly name: string;
  /** The field of the subgraphs that it stands for. */
  readonly field: string;
  readonly arguments: readonly ConstArgumentNode[];
}

/**
 * What one `@requires` reads of a representation: by the dotted path of the subgraph's own field names, the names that
 * the planner knows the fields by (more than one where types differ). Only fields that can be read in several ways.
 */
export type Requirement = ReadonlyMap<string, ReadonlySet<string>>;

/** Where a subgraph's representations hold synthetic fields: the names to give back, and what lies below by key. */
export interface RenamingTree {
  readonly names: Map<string, string>;
  readonly below: Map<string, RenamingTree>;
}

/** By subgraph and type, the keys by which the subgraph finds an entity: the names of each key's fields, without what is below. */
export type EntityKeys = ReadonlyMap<string, ReadonlyMap<string, readonly (readonly string[])[]>>;

export type RequiredOfObjects = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** How what was planned with the corrected supergraph is said to subgraphs and clients. */
export interface Translations {
  readonly fields: ReadonlyMap<string, SyntheticField>;
  /** Response names that the planner may fetch for itself: of keys, of `@requires` and of `@fromContext`. */
  readonly reserved: ReadonlySet<string>;
  readonly keys: EntityKeys;
  /** Whether a subgraph has the types of an interface as one. */
  readonly hasInterfaceObjects: boolean;
  /** By subgraph, then `Type.field` of its interface objects: the fields that this one requires, by the planner's names. */
  readonly requiredOfObjects: RequiredOfObjects;
  /** By subgraph, then `Type.field`: what that field requires. Subgraphs without synthetic fields are not here. */
  readonly requirements: ReadonlyMap<string, ReadonlyMap<string, Requirement>>;
  /** By subgraph. Subgraphs without synthetic fields are not here. */
  readonly renamings: ReadonlyMap<string, RenamingTree>;
}
