import { withCode } from '@airline/service/server';
import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { withoutUnusedVariables } from '../../corrections/index.ts';
import { operationDocument } from '../../syntax/conditions.ts';
import type { Fragments } from '../../syntax/selections.ts';
import { Completer } from './completers.ts';
import { count, type Link, type Walk } from './walk.ts';

export interface Introspecting {
  /** The one that clients see. */
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  /** With their arguments. */
  readonly fragments: Fragments;
  /** The client's names of variables that the operation has under others. */
  readonly variables: ReadonlyMap<string, string>;
}

interface Introspected {
  readonly value: unknown;
  readonly errors: readonly GraphQLError[];
  readonly bytes: number;
}

/** Completes what is asked of the schema itself, on each object of type `Query`: graphql-js does it, once for a response. */
export class IntrospectionCompleter extends Completer {
  readonly #options: Introspecting;
  readonly #document: DocumentNode;
  readonly #known = new WeakMap<Walk, Introspected>();

  /** @param selections all of one response name */
  constructor(coordinate: string, selections: readonly FieldNode[], options: Introspecting) {
    super(coordinate, true);
    const { operation, fragments } = options;
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...fragments.values()] };
    const alone = {
      ...operation,
      operation: OperationTypeNode.QUERY,
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    } as const;
    this.#options = options;
    // Without the variables of other fields, whose values may be in forms that graphql-js does not know.
    this.#document = withoutUnusedVariables(operationDocument(document, alone));
  }

  complete(_value: unknown, walk: Walk, at: Link | undefined): unknown {
    const known = this.#known.get(walk);
    const { value, errors, bytes } = known ?? this.#introspect(walk);
    // What the schema has once is bounded by the schema.
    if (known) count(walk, bytes);
    for (const { message, path = [], extensions } of errors) {
      const place = at && path.slice(1).reduce((before, step) => ({ before, step }), at);
      this.told({ message, extensions }, walk, place);
    }
    return value;
  }

  #introspect(walk: Walk): Introspected {
    const { schema, variables } = this.#options;
    const variableValues = { ...walk.variables };
    for (const [name, client] of variables) variableValues[name] = walk.variables[client];
    const { data, errors = [] } = executeSync({ schema, document: this.#document, variableValues });
    const [value = null] = Object.values(data ?? {});
    const introspected = {
      value,
      // What the schema cannot be read for is a value of the client's.
      errors: errors.map((error) => withCode(error, 'BAD_USER_INPUT')),
      bytes: JSON.stringify(value).length,
    };
    this.#known.set(walk, introspected);
    return introspected;
  }
}
