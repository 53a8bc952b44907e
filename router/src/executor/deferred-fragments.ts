import {
  type DirectiveNode,
  type DocumentNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { operationOf } from '../corrections/index.ts';
import { type Fragments, fragmentsOf } from '../syntax/selections.ts';

/** A fragment that is delivered later, at one place of the operation. */
export interface DeferredFragment {
  /** The client's, if it gave one. */
  readonly label: string | undefined;
  /** The same for one `@defer` of the text, wherever the fragment that it stands in is spread. */
  readonly source: DirectiveNode;
}

/** The parts of an operation's response: 0 is the first one, n the n-th of the deferred fragments. */
export type Part = number;

const deferOf = ({ directives = [] }: InlineFragmentNode): DirectiveNode | undefined =>
  directives.find(({ name }) => name.value === 'defer');

/** The part that a fragment of a numbered operation begins; undefined if it is not deferred. */
export function partOf(fragment: InlineFragmentNode): Part | undefined {
  const label = labelOf(deferOf(fragment));
  return label === undefined ? undefined : Number(label);
}

const labelOf = (defer: DirectiveNode | undefined): string | undefined => {
  const value = defer?.arguments?.find(({ name }) => name.value === 'label')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
};

/**
 * The operation with its parts' numbers as the labels of its `@defer`s, by which the planner tells parts from each other.
 * It has no named fragments then: one that is spread at two places defers two parts. Without `@defer` it is returned as
 * it is.
 */
export function numberDeferred(document: DocumentNode): {
  readonly document: DocumentNode;
  readonly deferred: readonly DeferredFragment[];
} {
  const operation = operationOf(document);
  const numbering = new Numbering(document);
  const selectionSet = numbering.number(operation.selectionSet, '');
  if (numbering.deferred.length === 0) return { document, deferred: [] };
  const numbered: OperationDefinitionNode = { ...operation, selectionSet };
  return { document: { ...document, definitions: [numbered] }, deferred: numbering.deferred };
}

class Numbering {
  readonly deferred: DeferredFragment[] = [];
  readonly #fragments: Fragments;
  readonly #sources = new Map<DirectiveNode, number>();
  readonly #parts = new Map<string, Part>();

  constructor(document: DocumentNode) {
    this.#fragments = fragmentsOf(document);
  }

  /** @param place where the set applies: fields, type conditions and parts from the root */
  number(set: SelectionSetNode, place: string): SelectionSetNode {
    return { ...set, selections: set.selections.map((selection) => this.#selection(selection, place)) };
  }

  #selection(selection: SelectionNode, place: string): SelectionNode {
    if (selection.kind === Kind.FIELD) {
      const { alias, name, selectionSet } = selection;
      if (!selectionSet) return selection;
      return { ...selection, selectionSet: this.number(selectionSet, `${place}.${(alias ?? name).value}`) };
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#inlined(selection);
    const condition = fragment.typeCondition?.name.value;
    const inside = condition === undefined ? place : `${place}:${condition}`;
    const defer = deferOf(fragment);
    if (!defer) return { ...fragment, selectionSet: this.number(fragment.selectionSet, inside) };
    const part = this.#partOf(defer, inside);
    const others = fragment.directives?.filter((directive) => directive !== defer) ?? [];
    return {
      ...fragment,
      directives: [...others, labelled(part)],
      selectionSet: this.number(fragment.selectionSet, `${inside}#${part}`),
    };
  }

  #inlined({ name, directives = [] }: Extract<SelectionNode, { kind: Kind.FRAGMENT_SPREAD }>) {
    const definition = this.#fragments.get(name.value);
    if (!definition) throw new Error(`There is no fragment "${name.value}".`);
    const { typeCondition, selectionSet } = definition;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet } as const;
  }

  /** The same for one `@defer` that applies twice at a place, as where two fragments spread a third. */
  #partOf(source: DirectiveNode, place: string): Part {
    const index = this.#sources.get(source) ?? this.#sources.size;
    this.#sources.set(source, index);
    const key = `${index} ${place}`;
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const part = this.deferred.push({ label: labelOf(source), source });
    this.#parts.set(key, part);
    return part;
  }
}

const labelled = (part: Part): DirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'defer' },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'label' },
      value: { kind: Kind.STRING, value: String(part) },
    },
  ],
});
