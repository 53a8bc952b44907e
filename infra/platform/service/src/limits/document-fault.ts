import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from './limits.ts';

/** The fields selected at one place of a response, by response name, merged as in execution. */
interface Place {
  repetitions: number;
  fields: Map<string, Place>;
}

/**
 * Finds why a parsed document is too expensive to validate, plan or execute, before any of that: validation itself takes
 * time quadratic in repeated fields, and overflows the stack on fragments that form cycles.
 *
 * @returns a message for the client; undefined when the document is within the limits
 */
export function documentFault(document: DocumentNode, limits: Limits): string | undefined {
  return new DocumentWalk(document, limits).fault();
}

class DocumentWalk {
  readonly #limits: Limits;
  readonly #roots: (OperationDefinitionNode | FragmentDefinitionNode)[] = [];
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #spreading = new Set<string>();
  #selections = 0;
  #aliases = 0;

  constructor(document: DocumentNode, limits: Limits) {
    this.#limits = limits;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
      if (definition.kind === Kind.FRAGMENT_DEFINITION || definition.kind === Kind.OPERATION_DEFINITION) {
        this.#roots.push(definition);
      }
    }
  }

  fault(): string | undefined {
    for (const root of this.#roots) {
      if (namesOf(root).some((name) => name.length > this.#limits.nameLength))
        return `The name of an operation, a fragment or a variable may have at most ${this.#limits.nameLength} characters.`;
      const place: Place = { repetitions: 0, fields: new Map() };
      this.#aliases = 0;
      const fault = this.#expand(root.selectionSet, place, 1);
      if (fault !== undefined) return fault;
      if (root.kind === Kind.OPERATION_DEFINITION && place.fields.size > this.#limits.documentRootFields) {
        return `An operation may select at most ${this.#limits.documentRootFields} root fields; split it.`;
      }
    }
    return undefined;
  }

  #expand(selectionSet: SelectionSetNode, place: Place, depth: number): string | undefined {
    for (const selection of selectionSet.selections) {
      this.#selections += 1;
      if (this.#selections > this.#limits.documentSelections) {
        return `A document may select at most ${this.#limits.documentSelections} fields; split it.`;
      }
      let fault: string | undefined;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        fault = this.#expand(selection.selectionSet, place, depth);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        fault = this.#spread(selection.name.value, place, depth);
      } else {
        const name = selection.alias?.value ?? selection.name.value;
        const field = place.fields.get(name) ?? { repetitions: 0, fields: new Map() };
        place.fields.set(name, field);
        field.repetitions += 1;
        if (selection.alias) this.#aliases += 1;
        fault = this.#excess(name, field, depth);
        if (fault === undefined && selection.selectionSet)
          fault = this.#expand(selection.selectionSet, field, depth + 1);
      }
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #spread(name: string, place: Place, depth: number): string | undefined {
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return undefined;
    if (this.#spreading.has(name))
      return `The fragment "${name}" spreads itself; fragments must not form cycles.`;
    this.#spreading.add(name);
    const fault = this.#expand(fragment.selectionSet, place, depth);
    this.#spreading.delete(name);
    return fault;
  }

  #excess(name: string, field: Place, depth: number): string | undefined {
    const limits = this.#limits;
    if (depth > limits.documentDepth) return `Fields may nest at most ${limits.documentDepth} levels deep.`;
    if (this.#aliases > limits.documentAliases)
      return `An operation may use at most ${limits.documentAliases} aliases.`;
    if (field.repetitions > limits.documentRepetitions) {
      return `The field "${name}" may be repeated at most ${limits.documentRepetitions} times in one place.`;
    }
    return undefined;
  }
}

const namesOf = ({ name, variableDefinitions = [] }: OperationDefinitionNode | FragmentDefinitionNode) =>
  [name, ...variableDefinitions.map(({ variable }) => variable.name)].map((each) => each?.value ?? '');
