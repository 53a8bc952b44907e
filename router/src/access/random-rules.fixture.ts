import { type Caller, type Role, roles } from '@airline/service/server';
import { Supergraph } from '@apollo/federation-internals';
import fc from 'fast-check';
import {
  type GraphQLSchema,
  isLeafType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { chosen, hash } from '../executor/oracle/hash.fixture.ts';
import { Access } from './access.ts';

type Lists = readonly (readonly string[])[];

/** What one type or field is marked with; an absent part is no mark. */
export interface Mark {
  readonly public?: true;
  readonly authenticated?: true;
  readonly scopes?: Lists;
  readonly policies?: Lists;
}

/** By coordinate. */
export type Marks = ReadonlyMap<string, Mark>;

const POLICIES: readonly Lists[] = [
  [['staff']],
  [['owner'], ['staff']],
  [['operator']],
  [['owner', 'staff'], ['operator']],
];
const SCOPES: readonly Lists[] = [[['read']], [['read', 'write'], ['all']]];

/**
 * The marks that a seed gives to the types and fields of a schema, of which some share have one.
 * @param publicShare of the types, in percent
 */
export function randomMarks(schema: GraphQLSchema, seed: number, publicShare = 0): Marks {
  const marks = new Map<string, Mark>();
  const mark = (coordinate: string, share: number): void => {
    if (hash(seed, coordinate) % 100 >= share) return;
    const kind = hash(seed, 'kind', coordinate) % 10;
    const of: Mark = {
      ...(kind < 2 && { public: true }),
      ...((kind === 1 || kind === 2) && { authenticated: true }),
      ...((kind === 3 || kind === 4) && { scopes: chosen(SCOPES, seed, coordinate) }),
      ...(kind > 3 && { policies: chosen(POLICIES, seed, 'policies', coordinate) }),
    };
    marks.set(coordinate, of);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isLeafType(type) && !isSpecifiedScalarType(type)) mark(type.name, 15);
    if (!isObjectType(type)) continue;
    const share = hash(seed, 'share', type.name) % 40;
    mark(type.name, type === schema.getQueryType() ? 5 : 15);
    if (hash(seed, 'public', type.name) % 100 < publicShare)
      marks.set(type.name, { ...marks.get(type.name), public: true });
    for (const name of Object.keys(type.getFields())) mark(`${type.name}.${name}`, share);
  }
  return marks;
}

const LINKS = ['tag/v0.3', 'authenticated/v0.1', 'requiresScopes/v0.1', 'policy/v0.1']
  .map((spec) => `@link(url: "https://specs.apollo.dev/${spec}")`)
  .join(' ');
const DEFINITIONS = `
  directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | SCALAR | ENUM
  directive @authenticated on FIELD_DEFINITION | OBJECT | SCALAR | ENUM
  directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION | OBJECT | SCALAR | ENUM
  directive @policy(policies: [[policy__Policy!]!]!) on FIELD_DEFINITION | OBJECT | SCALAR | ENUM
  scalar requiresScopes__Scope
  scalar policy__Policy
`;

/** Who may see what in a supergraph that has the marks, as the router reads it from its SDL. */
export function accessOf(supergraphSdl: string, marks: Marks): Access {
  let type = '';
  const marked = <Node extends { readonly directives?: readonly unknown[] | undefined }>(
    node: Node,
    coordinate: string,
  ) => {
    const mark = marks.get(coordinate);
    return mark && { ...node, directives: [...(node.directives ?? []), ...directivesOf(mark)] };
  };
  const document = visit(parse(`${supergraphSdl} ${DEFINITIONS}`, { noLocation: true }), {
    SchemaDefinition: (node) => ({
      ...node,
      directives: [...(node.directives ?? []), ...parsedDirectives(LINKS)],
    }),
    ObjectTypeDefinition: {
      enter: ({ name }) => {
        type = name.value;
      },
      leave: (node) => marked(node, node.name.value),
    },
    InterfaceTypeDefinition: () => false,
    ScalarTypeDefinition: (node) => marked(node, node.name.value),
    EnumTypeDefinition: (node) => marked(node, node.name.value),
    FieldDefinition: (node) => marked(node, `${type}.${node.name.value}`),
  });
  const { schema } = Supergraph.build(print(document), {
    supportedFeatures: null,
    validateSupergraph: false,
  });
  return new Access(schema);
}

function directivesOf(mark: Mark) {
  const { scopes, policies } = mark;
  return parsedDirectives(
    [
      mark.public ? '@tag(name: "public") @tag(name: "other")' : '@tag(name: "other")',
      mark.authenticated ? '@authenticated' : '',
      scopes ? `@requiresScopes(scopes: ${JSON.stringify(scopes)})` : '',
      policies ? `@policy(policies: ${JSON.stringify(policies)})` : '',
    ].join(' '),
  );
}

function parsedDirectives(text: string) {
  const [definition] = parse(`scalar S ${text}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.SCALAR_TYPE_DEFINITION) throw new Error('Not a scalar.');
  return definition.directives ?? [];
}

/** Known callers of all kinds. */
export const randomCallers: fc.Arbitrary<Caller> = fc.record({
  subject: fc.constantFrom('kim', 'lee'),
  roles: fc.subarray<Role>([...roles], { minLength: 1, maxLength: 2 }),
  scopes: fc.subarray(['read', 'write', 'all']),
});
