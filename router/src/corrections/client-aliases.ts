import { type DocumentNode, type GraphQLError, type NameNode, visit } from 'graphql';
import { renamePaths } from './error-paths.ts';
import type { Translations } from './translations.ts';

/** A client's operation to plan and execute, and how its result is restored for the client. */
export interface IsolatedDocument {
  readonly document: DocumentNode;
  restoreData<Data>(data: Data): Data;
  restoreErrors(errors: readonly GraphQLError[]): readonly GraphQLError[];
}

/**
 * The operation without aliases that are names which the planner fetches for itself (of keys, of `@requires`,
 * `__typename`): the executor keeps both in one object, so that `id: code` would be sent as the key, or the key returned
 * as the alias. Validate the client's document before. Nearly always it is the same document, and nothing to restore.
 */
export function isolateAliases(document: DocumentNode, { reserved }: Translations): IsolatedDocument {
  const taken = new Set<string>();
  const colliding = new Set<string>();
  visit(document, {
    Field: ({ alias, name }) => {
      taken.add((alias ?? name).value);
      if (alias && alias.value !== name.value && isReserved(alias.value, reserved))
        colliding.add(alias.value);
    },
  });
  if (colliding.size === 0)
    return { document, restoreData: (data) => data, restoreErrors: (errors) => errors };
  const isolated = new Map(
    [...colliding].map((alias) => [alias, unlike(`client_${alias}`, taken, reserved)]),
  );
  const original = new Map([...isolated].map(([alias, name]) => [name, alias]));
  const rename = (alias: NameNode) => ({ ...alias, value: isolated.get(alias.value) ?? alias.value });
  return {
    document: visit(document, {
      Field: (field) => (field.alias ? { ...field, alias: rename(field.alias) } : undefined),
    }),
    restoreData: (data) => restore(data, original),
    restoreErrors: (errors) => renamePaths(errors, original),
  };
}

/** The planner's own aliases, for fields of one name that do not merge, end like this. */
const isReserved = (alias: string, reserved: ReadonlySet<string>) =>
  reserved.has(alias) || /__alias_\d+$/.test(alias);

function unlike(name: string, taken: ReadonlySet<string>, reserved: ReadonlySet<string>): string {
  return taken.has(name) || reserved.has(name) ? unlike(`${name}_`, taken, reserved) : name;
}

function restore<Data>(data: Data, original: ReadonlyMap<string, string>): Data {
  // A list of what the elements were.
  if (Array.isArray(data)) return data.map((element) => restore(element, original)) as Data;
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]) => [
    original.get(key) ?? key,
    restore(value, original),
  ]);
  return Object.fromEntries(entries);
}
