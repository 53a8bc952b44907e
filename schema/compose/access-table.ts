import { Kind } from 'graphql';
import { type AccessDirective, accessDirective } from '../access.ts';
import { subgraphTypeDefs } from '../type-defs.ts';
import type { Subgraph } from './subgraphs.ts';

/** The table of who may see what, relative to the repository's root. */
export const ACCESS_TABLE_PATH = 'schema/access.md';

const HEADER = `# Who may see what

Each output field and each role, written by \`npm run compose\` from the rules in the subgraphs' SDL; see [README](README.md#who-may-see-what).
\`public\`: anyone; \`all\`: of everybody; \`own\`: only what is theirs; \`no\`: refused. A caller with several roles has the most of them.

| field | anonymous | customer | staff | operator |
| --- | --- | --- | --- | --- |
`;

/** The policies that hold for each role alone. */
const held = { anonymous: [], customer: ['owner'], staff: ['staff'], operator: ['operator'] } as const;

/** The text of the table: a line for each field of the subgraphs, by type and field. */
export function accessTable(subgraphs: readonly Subgraph[]): string {
  const rules = new Map<string, AccessDirective[]>();
  for (const { name, sdl } of subgraphs)
    for (const [field, own] of rulesOf(name, sdl)) rules.set(field, [...(rules.get(field) ?? []), ...own]);
  const line = (field: string, own: readonly AccessDirective[]) =>
    `| \`${field}\` | ${Object.values(held)
      .map((policies) => cell(own, policies))
      .join(' | ')} |\n`;
  const fields = [...rules].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return HEADER + fields.map(([field, own]) => line(field, own)).join('');
}

/** By coordinate, the rules of one subgraph that must all hold: the field's and its type's. */
function rulesOf(name: string, sdl: string): [string, AccessDirective[]][] {
  const { definitions } = subgraphTypeDefs(name, sdl);
  const types = definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
  const read = ({
    directives = [],
  }: (typeof types)[number] | NonNullable<(typeof types)[number]['fields']>[number]) =>
    directives.flatMap((directive) => accessDirective(directive) ?? []);
  return types.flatMap((type) => {
    const ofType = types.filter((other) => other.name.value === type.name.value).flatMap(read);
    return (type.fields ?? []).map((field): [string, AccessDirective[]] => [
      `${type.name.value}.${field.name.value}`,
      [...read(field), ...ofType],
    ]);
  });
}

function cell(rules: readonly AccessDirective[], policies: readonly string[]): string {
  if (rules.length > 0 && rules.every(({ name }) => name === 'public')) return 'public';
  if (policies.length === 0) return 'no';
  const isHeld = (rule: AccessDirective) =>
    rule.name !== 'policy' || rule.alternatives.some((all) => all.every((each) => policies.includes(each)));
  if (!rules.every(isHeld)) return 'no';
  const scopes = rules.flatMap((rule) => (rule.name === 'requiresScopes' ? [rule.alternatives] : []));
  const isOwn = policies.includes('owner') && rules.some(({ name }) => name === 'policy');
  const shown = isOwn ? 'own' : 'all';
  return scopes.length > 0
    ? `${shown}, with ${scopes.map((each) => each.map((all) => all.join(' and ')).join(' or ')).join(', ')}`
    : shown;
}
