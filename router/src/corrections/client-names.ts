import { type DocumentNode, type FieldNode, type NameNode, print, visit } from 'graphql';
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
 * returned as the alias. Nor has it one name for fields that differ, where a subgraph has interface objects: of different types
 * for the client, they would be in one object there. Nor has it the variables that fetches of entities bring. Validate the
 * client's document before. Nearly always it is the same document.
 */
export function isolateNames(
  document: DocumentNode,
  { reserved, hasInterfaceObjects }: Translations,
): IsolatedDocument {
  const fields = new Map<string, Set<string>>();
  const colliding = new Set<string>();
  const variables = new Map<string, string>();
  const textOf = (field: FieldNode) => (hasInterfaceObjects ? callOf(field) : '');
  visit(document, {
    Field: (field) => {
      const { alias, name } = field;
      const key = (alias ?? name).value;
      fields.set(key, (fields.get(key) ?? new Set()).add(textOf(field)));
      const isForeign = alias !== undefined && alias.value !== name.value && isReserved(key, reserved);
      if (isForeign || key in Object.prototype) colliding.add(key);
    },
    Variable: ({ name: { value } }) => {
      if (isTaken(value)) variables.set(`client_${value}`, value);
    },
  });
  const taken = new Set(fields.keys());
  const responseNames = new Map<string, string>();
  const isolated = new Map<string, string>();
  for (const [key, texts] of fields) {
    // One of several may keep the name.
    for (const text of [...texts].slice(colliding.has(key) ? 0 : 1)) {
      const name = unlike(`client_${key}`, taken, reserved);
      taken.add(name);
      responseNames.set(name, key);
      isolated.set(`${key} ${text}`, name);
    }
  }
  if (isolated.size === 0 && variables.size === 0) return { document, responseNames, variables };
  const named = (node: NameNode, value: string): NameNode => ({ ...node, value });
  return {
    document: visit(document, {
      Field: (field) => {
        const node = field.alias ?? field.name;
        const name = isolated.get(`${node.value} ${textOf(field)}`);
        return name === undefined ? undefined : { ...field, alias: named(node, name) };
      },
      Variable: (variable) =>
        isTaken(variable.name.value)
          ? { ...variable, name: named(variable.name, `client_${variable.name.value}`) }
          : undefined,
    }),
    responseNames,
    variables,
  };
}

/** The field and its arguments, without its alias. */
const callOf = ({ kind, name, arguments: args = [] }: FieldNode) => print({ kind, name, arguments: args });

/** Variables that fetches of entities have beside the client's. */
const isTaken = (variable: string) =>
  /^(client_)*(representations(_\d+)?|contextualArgument_\d+_\d+)$/.test(variable);

/** The planner's own aliases, for fields of one name that do not merge, end like this. */
const isReserved = (alias: string, reserved: ReadonlySet<string>) =>
  reserved.has(alias) || withoutAlias(alias) !== alias;

function unlike(name: string, taken: ReadonlySet<string>, reserved: ReadonlySet<string>): string {
  return taken.has(name) || reserved.has(name) ? unlike(`${name}_`, taken, reserved) : name;
}
