import { createHash } from 'node:crypto';
import {
  type ConstArgumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type CompositeDefinition, namedType, resolvesField } from './join-directives.ts';
import type { SyntheticField } from './translations.ts';

/** A synthetic field with where it belongs in the supergraph. */
export interface PlacedField extends SyntheticField {
  readonly type: string;
  /** The graphs that require it, as values of join__Graph. */
  readonly requiredBy: Set<string>;
}

/** The synthetic fields of one supergraph, made while its `@requires` are read. */
export class SyntheticFields {
  readonly placed = new Map<string, PlacedField>();
  readonly #types: ReadonlyMap<string, CompositeDefinition>;

  constructor(types: ReadonlyMap<string, CompositeDefinition>) {
    this.#types = types;
  }

  /** The selection set of a `@requires` of `graph` with synthetic fields in the place of those that take arguments. */
  replaceIn(set: SelectionSetNode, type: string, graph: string): SelectionSetNode {
    const selections = set.selections.map((selection) => this.#replace(selection, type, graph));
    return { ...set, selections };
  }

  #replace(selection: SelectionNode, type: string, graph: string): SelectionNode {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value ?? type;
      return { ...selection, selectionSet: this.replaceIn(selection.selectionSet, condition, graph) };
    }
    const definition = this.#types.get(type)?.fields?.find(({ name }) => name.value === selection.name.value);
    if (!definition) return selection;
    const below = selection.selectionSet
      ? { selectionSet: this.replaceIn(selection.selectionSet, namedType(definition.type), graph) }
      : {};
    if (!definition.arguments?.length) return { ...selection, ...below };
    const { arguments: _, ...bare } = selection;
    const name = { kind: Kind.NAME, value: this.#nameOf(selection, definition, type, graph) } as const;
    return { ...bare, ...below, name };
  }

  /**
   * A graph that requires its own field has a synthetic field apart from the graphs that do not resolve it: else the
   * planner, which overlooks `@external` when it moves a selection to the fetch before, could ask one of those for it.
   */
  #nameOf(selection: FieldNode, definition: FieldDefinitionNode, type: string, graph: string): string {
    // A field set has no variables.
    const args = [...((selection.arguments ?? []) as readonly ConstArgumentNode[])];
    const own = resolvesField(definition, graph) ? `@${graph}` : '';
    const printed = args.map((arg) => print(arg)).sort();
    const identity = `${type}.${selection.name.value}(${printed})${own}`;
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 12);
    const name = `${selection.name.value}_required_${hash}`;
    const known = this.placed.get(name);
    if (known) known.requiredBy.add(graph);
    else {
      const requiredBy = new Set([graph]);
      this.placed.set(name, { name, field: selection.name.value, arguments: args, type, requiredBy });
    }
    return name;
  }
}
