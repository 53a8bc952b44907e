import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const SUPERGRAPH = join(import.meta.dirname, '../../../../schema/supergraph.graphql');

/** What the graph shows of a customer in one field. */
export interface Held {
  readonly service: string;
  readonly field: string;
  /** Its variables are `id` and, of a page, `after`; the value is `customer.held`. */
  readonly query: string;
  readonly isPaged: boolean;
}

/** All that the graph has of a customer: every field of `Customer`, those of services that are added later, too. */
export function heldOfCustomers(sdl = readFileSync(SUPERGRAPH, 'utf8')): Held[] {
  const customer = buildSchema(sdl, { assumeValidSDL: true }).getType('Customer');
  if (!isObjectType(customer)) throw new Error('The graph has no type Customer.');
  return Object.values(customer.getFields())
    .filter(({ name }) => name !== 'id')
    .map(({ name: field, type, astNode }) => {
      const service = argumentsOf(astNode?.directives, 'join__field', 'graph').join(', ').toLowerCase();
      const named = getNamedType(type);
      const nodes = isObjectType(named) ? named.getFields().nodes : undefined;
      const isPaged = nodes !== undefined;
      const held = isPaged
        ? `${field}(first: 100, after: $after) { nodes ${selectionOf(getNamedType(nodes.type))} pageInfo { hasNextPage endCursor } }`
        : `${field} ${selectionOf(named)}`;
      const query = `query ($id: ID!${isPaged ? ', $after: String' : ''}) { customer(id: $id) { held: ${held} } }`;
      return { service, field, query, isPaged };
    });
}

/**
 * All fields of a type, so many levels deep; of an entity below it the key alone, as another field or service holds it, and of a
 * list below it the first page.
 */
function selectionOf(type: GraphQLNamedType, levels = 4): string {
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap(({ name, type: of, args }) => {
    const below = getNamedType(of);
    if (args.some(isRequiredArgument) || (isObjectType(below) && levels === 1)) return [];
    const page = args.some((each) => each.name === 'first') ? '(first: 100)' : '';
    if (!isObjectType(below)) return [name];
    return [`${name}${page} ${keyOf(below) ? `{ ${keyOf(below)} }` : selectionOf(below, levels - 1)}`];
  });
  return `{ ${fields.join(' ')} }`;
}

const keyOf = ({ astNode }: GraphQLObjectType): string | undefined =>
  argumentsOf(astNode?.directives, 'join__type', 'key')[0];

/** An argument of each use of a directive. */
const argumentsOf = (
  directives: readonly ConstDirectiveNode[] = [],
  name: string,
  argument: string,
): string[] =>
  directives
    .filter((each) => each.name.value === name)
    .flatMap((each) => each.arguments?.filter((given) => given.name.value === argument) ?? [])
    .flatMap(({ value }) => ('value' in value ? String(value.value) : []));
