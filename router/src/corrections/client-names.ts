import { type DocumentNode, type NameNode, visit } from 'graphql';
import { withoutAlias } from './fetch-document.ts';
import type { Translations } from './translations.ts';

/** A client's operation to plan, without names that mean something else to the planner. */
export interface IsolatedDocument {
  readonly document: DocumentNode;
  /** The client's response names, by those that stand for them. */
  readonly responseNames: ReadonlyMap<string, string>;
  /** The client's names of variables, by those that stand for them. */
  readonly variables: ReadonlyMap<string, string>;
}

/**
 * The operation without response names which the planner fetches for itself (of keys, of `@requires`, of `@fromContext`, `__typename`), or
 * that every JavaScript object has: both would be in one object, so that `id: code` would be sent as the key, or the key
 * returned as the alias. Nor has it the variables that fetches of entities bring. Validate the client's document before.
 * Nearly always it is the same document.
 */
export function isolateNames(document: DocumentNode, { reserved }: Translations): IsolatedDocument {
  const taken = new Set<string>();
  const colliding = new Set<string>();
  const variables = new Map<string, string>();
  visit(document, {
    Field: ({ alias, name }) => {
      const key = (alias ?? name).value;
      taken.add(key);
      const isForeign = alias !== undefined && alias.value !== name.value && isReserved(key, reserved);
      if (isForeign || key in Object.prototype) colliding.add(key);
    },
    Variable: ({ name: { value } }) => {
      if (isTaken(value)) variables.set(`client_${value}`, value);
    },
  });
  if (colliding.size === 0 && variables.size === 0) return { document, responseNames: new Map(), variables };
  const isolated = new Map([...colliding].map((key) => [key, unlike(`client_${key}`, taken, reserved)]));
  const named = (node: NameNode, value: string): NameNode => ({ ...node, value });
  return {
    document: visit(document, {
      Field: (field) => {
        const key = isolated.get((field.alias ?? field.name).value);
        return key === undefined ? undefined : { ...field, alias: named(field.alias ?? field.name, key) };
      },
      Variable: (variable) =>
        isTaken(variable.name.value)
          ? { ...variable, name: named(variable.name, `client_${variable.name.value}`) }
          : undefined,
    }),
    responseNames: new Map([...isolated].map(([key, name]) => [name, key])),
    variables,
  };
}

/** Variables that fetches of entities have beside the client's. */
const isTaken = (variable: string) =>
  /^(client_)*(representations(_\d+)?|contextualArgument_\d+_\d+)$/.test(variable);

/** The planner's own aliases, for fields of one name that do not merge, end like this. */
const isReserved = (alias: string, reserved: ReadonlySet<string>) =>
  reserved.has(alias) || withoutAlias(alias) !== alias;

function unlike(name: string, taken: ReadonlySet<string>, reserved: ReadonlySet<string>): string {
  return taken.has(name) || reserved.has(name) ? unlike(`${name}_`, taken, reserved) : name;
}
