import type { Schema } from '@apollo/federation-internals';
import { tagsOf } from '../access/tags.ts';

/** The tag of mutations that have one effect and one result however often they are sent with one `idempotency-key`. */
const IDEMPOTENT = 'idempotent';

/** The mutations that may be sent again where nobody knows whether they have arrived. */
export function idempotentMutations(supergraph: Schema): ReadonlySet<string> {
  const isTagged = tagsOf(supergraph);
  const fields = supergraph.schemaDefinition.rootType('mutation')?.fields() ?? [];
  return new Set(fields.filter((field) => isTagged(field, IDEMPOTENT)).map(({ name }) => name));
}
