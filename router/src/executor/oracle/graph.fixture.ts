import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, isInterfaceType, Kind, parse, type SelectionSetNode, visit } from 'graphql';
import { composeSubgraphs, link } from '../../composition.fixture.ts';

/** A subgraph as its answers are made up from. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** What a field of `Type.field` reads of representations. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  /** The types that it knows by keys with objects in them alone. */
  readonly nested: ReadonlySet<string>;
}

/** A supergraph, and what its subgraphs must agree on. */
export interface Graph {
  readonly sdl: string;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** By type: the field sets of its keys, of all subgraphs. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** The object types of an interface that has a key, by the interface: its entities have one identity in all of them. */
  readonly families: ReadonlyMap<string, readonly string[]>;
}

const fieldSet = (text: string): SelectionSetNode => {
  const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Not a field set.');
  return definition.selectionSet;
};

/** @param sdls the subgraphs' SDL by name, without the link to the specification */
export function buildGraph(sdls: Readonly<Record<string, string>>): Graph {
  const texts = Object.entries(sdls).map(([name, sdl]) => ({ name, typeDefs: `${link} ${sdl}` }));
  const sdl = composeSubgraphs(texts.map((text) => ({ ...text, url: `http://${text.name}` })));
  const keys = new Map<string, SelectionSetNode[]>();
  const families = new Map<string, string[]>();
  const subgraphs = texts.map(({ name, typeDefs }): [string, Subgraph] => {
    const document = parse(typeDefs, { noLocation: true });
    const schema = buildSubgraphSchema({ typeDefs: document });
    const requires = new Map<string, SelectionSetNode>();
    const nested = new Set<string>();
    const flat = new Set<string>();
    let type = '';
    const enter = (node: { readonly name: { readonly value: string } }): void => {
      type = node.name.value;
    };
    let field = '';
    visit(document, {
      ObjectTypeDefinition: enter,
      InterfaceTypeDefinition: enter,
      FieldDefinition: (node) => {
        field = node.name.value;
      },
      Directive: (node) => {
        const value = node.arguments?.find((argument) => argument.name.value === 'fields')?.value;
        if (value?.kind !== Kind.STRING) return;
        if (node.name.value === 'requires') requires.set(`${type}.${field}`, fieldSet(value.value));
        if (node.name.value !== 'key') return;
        keys.set(type, [...(keys.get(type) ?? []), fieldSet(value.value)]);
        (value.value.includes('{') ? nested : flat).add(type);
        const known = schema.getType(type);
        if (isInterfaceType(known)) families.set(type, schema.getPossibleTypes(known).map(String));
      },
    });
    return [name, { name, schema, requires, nested: nested.difference(flat) }];
  });
  return { sdl, subgraphs: new Map(subgraphs), keys, families };
}
