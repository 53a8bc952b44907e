import { metaOf } from '@airline/service/server';
import { z } from 'zod';

/** An environment variable as its schema describes it, in words. */
export interface Variable {
  readonly name: string;
  /** Undefined: it has none, and is required or optional. */
  readonly default: string | undefined;
  readonly isRequired: boolean;
  readonly meaning: string;
  /** What a value should look like, where the schema knows. */
  readonly expected: string | undefined;
}

/**
 * Describes variables by their zod schemas, in the order of the shape.
 *
 * @throws Error naming a variable whose schema has no description
 */
export const describeVariables = (shape: z.ZodRawShape): Variable[] =>
  Object.entries(shape).map(([name, schema]) => {
    const meaning = z.globalRegistry.get(schema)?.description;
    if (!meaning) throw new Error(`${name} has no description: add .describe('…') to its schema.`);
    const unset = z.safeParse(schema, undefined);
    const expected = metaOf(schema, 'expected');
    return {
      name,
      default: unset.success && unset.data !== undefined ? String(unset.data) : undefined,
      isRequired: !unset.success,
      meaning,
      expected: typeof expected === 'string' ? expected : undefined,
    };
  });

/** A Markdown table of variables. */
export function tableOf(variables: readonly Variable[]): string {
  const rows = variables.map(({ name, default: value, isRequired, meaning, expected }) => [
    `\`${name}\``,
    value === undefined ? (isRequired ? 'required' : '') : `\`${value}\``,
    meaning,
    expected ?? '',
  ]);
  const lines = [
    ['variable', 'default', 'meaning', 'should be'],
    ['---', '---', '---', '---'],
    ...rows.map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' '))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export interface Reader {
  readonly name: string;
  readonly variables: z.ZodRawShape;
}

/** `<NAME>_URL` once, for all variables that differ in a service's name alone. */
export const withoutNames = (variables: readonly Variable[], services: readonly string[]): Variable[] => {
  const named = new RegExp(`^(${services.join('|').toUpperCase()})_`);
  const all = variables.map((each) => ({ ...each, name: each.name.replace(named, '<NAME>_') }));
  return [...new Map(all.map((each) => [each.name, each])).values()];
};

/** What all services read, with `<NAME>` in the place of a service's own name, and what each reads beside it. A default that differs is not shown. */
export function sharedAndOwn(services: readonly Reader[]) {
  const groups = new Map<string, { readonly service: string; readonly variable: Variable }[]>();
  for (const { name: service, variables } of services) {
    for (const variable of describeVariables(variables)) {
      const name = variable.name.replace(new RegExp(`^${service.toUpperCase()}_`), '<NAME>_');
      groups.set(name, [...(groups.get(name) ?? []), { service, variable }]);
    }
  }

  const shared = [...groups].flatMap(([name, group]): Variable[] => {
    const [first] = group;
    if (!first || group.length < services.length) return [];
    const isSame = group.every(({ variable }) => variable.default === first.variable.default);
    return [{ ...first.variable, name, default: isSame ? first.variable.default : undefined }];
  });
  const unshared = [...groups.values()].filter(({ length }) => length < services.length).flat();
  const own = services.flatMap(({ name }) => {
    const variables = unshared.flatMap(({ service, variable }) => (service === name ? [variable] : []));
    return variables.length > 0 ? [{ name, variables }] : [];
  });
  return { shared, own };
}

const END = '<!-- end -->';

/**
 * Replaces what stands between the comments `<!-- configuration: NAME -->` and `<!-- end -->`.
 *
 * @throws Error when the text has no such region
 */
export function withRegion(text: string, name: string, content: string): string {
  const begin = `<!-- configuration: ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`There is no region from "${begin}" to "${END}".`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}
