import { type ConstDirectiveNode, valueFromASTUntyped } from 'graphql';

/** The tag of what anyone may see, on a field or on its type. */
export const PUBLIC = 'public';

/**
 * The policies that the graph knows. `owner` holds for customers, who are shown only what is theirs; the others hold for the
 * roles of their names.
 */
export const policies: readonly string[] = ['owner', 'staff', 'operator'];

/** A rule of who may see a field, or the fields of a type. Alternatives are an OR of ANDs. */
export type AccessDirective =
  | { readonly name: 'public' | 'authenticated' }
  | {
      readonly name: 'requiresScopes' | 'policy';
      readonly alternatives: readonly (readonly string[])[];
    };

/** Reads a directive of a subgraph's SDL that is valid; undefined for one that is no rule of who may see something. */
export function accessDirective(directive: ConstDirectiveNode): AccessDirective | undefined {
  const given = new Map(
    directive.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
  switch (directive.name.value) {
    case 'tag':
      return given.get('name') === PUBLIC ? { name: 'public' } : undefined;
    case 'authenticated':
      return { name: 'authenticated' };
    case 'requiresScopes':
      return { name: 'requiresScopes', alternatives: alternativesOf(given.get('scopes')) };
    case 'policy':
      return { name: 'policy', alternatives: alternativesOf(given.get('policies')) };
    default:
      return undefined;
  }
}

/** Whether a type or field is federation's own: `_entities`, `_service`, `_Service`. */
export const isFederation = (name: string): boolean => name.startsWith('_');

// Federation's specification gives both arguments this type. A list of one may be written without its brackets.
const alternativesOf = (value: unknown): string[][] => listOf(value).map((all) => listOf(all).map(String));
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
