import { type DocumentNode, Kind, parse } from 'graphql';
import { type Refused, refuse } from '../refusal.ts';
import { fragmentsOf } from '../syntax/selections.ts';
import { textBytes, Weight } from '../weight.ts';
import { CheckedOperation } from './operation.ts';

/** Bytes of a document without its text and its operations, in every cache that holds it. */
const DOCUMENT = 800;

/** A document's syntax without locations, which would be most of it. */
export const parseUnlocated = (text: string): DocumentNode => parse(text, { noLocation: true });

/** A document that is valid under one supergraph: its text and its plans, but not its syntax tree. */
export class CheckedDocument {
  readonly text: string;
  /** The text without what GraphQL ignores. Its operations hold this one, and outlive the document where they are subscribed to. */
  readonly bare: string;
  readonly operations: readonly CheckedOperation[];
  readonly weight = new Weight();

  /** @param syntax the bare text's: a name may be a slice, which holds on to the whole of its text */
  constructor(text: string, syntax: DocumentNode, bare = text) {
    this.text = text;
    this.bare = bare;
    this.weight.add(DOCUMENT + textBytes(text) + (bare === text ? 0 : textBytes(bare)));
    const { weight } = this;
    const fragments = fragmentsOf(syntax);
    this.operations = syntax.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? [new CheckedOperation(bare, definition, fragments, weight)]
        : [],
    );
  }

  /** The operation that a request means ("GetOperation" of the GraphQL specification). */
  select(name: string | null | undefined): CheckedOperation | Refused {
    const [first, second] = this.operations;
    if (name == null || name === '') {
      if (first && !second) return first;
      const message = first
        ? 'Must provide operation name if query contains multiple operations.'
        : 'Must provide an operation.';
      return refuse('OPERATION_RESOLUTION_FAILURE', message);
    }
    const named = this.operations.find((operation) => operation.name === name);
    return named ?? refuse('OPERATION_RESOLUTION_FAILURE', `Unknown operation named "${name}".`);
  }
}
