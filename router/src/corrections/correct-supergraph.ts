import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
} from 'graphql';
import { entityKeys } from './entity-keys.ts';
import { fetchedNames, parseFieldSet } from './field-sets.ts';
import { linkInaccessible } from './inaccessible-spec.ts';
import {
  argument,
  type CompositeDefinition,
  graphNames,
  isComposite,
  isInterfaceObject,
} from './join-directives.ts';
import { resolvableKeysFirst } from './key-order.ts';
import { placeSynthetic } from './placement.ts';
import { type Required, requiredOfObjects } from './required-of-objects.ts';
import { addRenamings, renamingTree, requirementOf } from './requirements.ts';
import { SyntheticFields } from './synthetic-fields.ts';
import type { RenamingTree, Requirement, Translations } from './translations.ts';
import { dropUnusedExternals } from './unused-externals.ts';

/**
 * The supergraph to plan with, and how its plans are translated for the subgraphs. Each graph's resolvable keys come
 * first. Each field that takes arguments gives way, in each `@requires`, to a synthetic field without arguments, which
 * the planner fetches under its own name; it is `@inaccessible`, so the API schema is that of the supergraph given.
 * A supergraph that needs neither is returned as it is. Throws a GraphQLError when the SDL cannot be parsed.
 */
export function correctSupergraph(supergraphSdl: string): { sdl: string; translations: Translations } {
  const parsed = parse(supergraphSdl, { noLocation: true });
  const given = compositesOf(parsed);
  const synthetic = new SyntheticFields(given);
  const required: Required[] = [];
  const rewritten = [...given.values()].map((type) =>
    rewriteRequires(resolvableKeysFirst(type), synthetic, required),
  );
  const reserved = fetchedNames(
    given.values(),
    required.map(({ set }) => set),
  );
  const subgraphs = graphNames(parsed);
  const keys = entityKeys(given.values(), subgraphs);
  const hasInterfaceObjects = [...given.values()].some((type) => isInterfaceObject(type));
  const translations = {
    reserved,
    keys,
    hasInterfaceObjects,
    requiredOfObjects: requiredOfObjects(required, given, subgraphs),
    ...translate(required, synthetic, subgraphs),
  };
  if (synthetic.placed.size === 0 && rewritten.every((type) => given.get(type.name.value) === type)) {
    return { sdl: supergraphSdl, translations };
  }
  const types = new Map(rewritten.map((type) => [type.name.value, type]));
  const { document, directive } =
    synthetic.placed.size > 0 ? linkInaccessible(parsed) : { document: parsed, directive: '' };
  const added = placeSynthetic(types, synthetic.placed.values(), directive);
  const kept = dropUnusedExternals(types, synthetic.placed.values());
  const definitions = document.definitions.map((node) => {
    if (!isComposite(node)) return node;
    const type = kept.get(node.name.value) ?? node;
    return { ...type, fields: [...(type.fields ?? []), ...(added.get(node.name.value) ?? [])] };
  });
  return { sdl: print({ ...document, definitions }), translations };
}

function compositesOf(document: DocumentNode): Map<string, CompositeDefinition> {
  const composites = document.definitions.filter(isComposite);
  return new Map(composites.map((type) => [type.name.value, type]));
}

/** The type with synthetic fields in its `@requires`; the same object where there are none. Reports each to `required`. */
function rewriteRequires(
  type: CompositeDefinition,
  synthetic: SyntheticFields,
  required: Required[],
): CompositeDefinition {
  let changed = false;
  const rewriteJoin = (join: ConstDirectiveNode, field: FieldDefinitionNode): ConstDirectiveNode => {
    const requires = join.name.value === 'join__field' ? argument(join, 'requires') : undefined;
    if (typeof requires !== 'string') return join;
    const graph = String(argument(join, 'graph'));
    const given = parseFieldSet(requires);
    const set = synthetic.replaceIn(given, type.name.value, graph);
    required.push({ graph, type: type.name.value, field: field.name.value, set });
    if (print(set) === print(given)) return join;
    changed = true;
    return withRequires(join, stripIgnoredCharacters(print(set)).slice(1, -1));
  };
  const fields = type.fields?.map((field) => ({
    ...field,
    directives: field.directives?.map((directive) => rewriteJoin(directive, field)) ?? [],
  }));
  return changed && fields ? { ...type, fields } : type;
}

const withRequires = (join: ConstDirectiveNode, requires: string): ConstDirectiveNode => ({
  ...join,
  arguments: (join.arguments ?? []).map((arg) =>
    arg.name.value === 'requires' ? { ...arg, value: { kind: Kind.STRING, value: requires } } : arg,
  ),
});

function translate(
  required: readonly Required[],
  { placed }: SyntheticFields,
  subgraphs: ReadonlyMap<string, string>,
): Pick<Translations, 'fields' | 'requirements' | 'renamings'> {
  const requirements = new Map<string, Map<string, Requirement>>();
  const renamings = new Map<string, RenamingTree>();
  const concerned = new Set([...placed.values()].flatMap(({ requiredBy }) => [...requiredBy]));
  for (const { graph, type, field, set } of required) {
    if (!concerned.has(graph)) continue;
    const subgraph = subgraphs.get(graph) ?? graph;
    const ofSubgraph = requirements.get(subgraph) ?? new Map<string, Requirement>();
    requirements.set(subgraph, ofSubgraph.set(`${type}.${field}`, requirementOf(set, placed)));
    const tree = renamings.get(subgraph) ?? renamingTree();
    renamings.set(subgraph, tree);
    addRenamings(tree, set, placed);
  }
  return { fields: placed, requirements, renamings };
}
