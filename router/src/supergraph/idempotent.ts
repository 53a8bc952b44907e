import { type Schema, tagIdentity } from '@apollo/federation-internals';

/** The tag of mutations that have one effect and one result however often they are sent with one `idempotency-key`. */
const IDEMPOTENT = 'idempotent';

/** The mutations that may be sent again where nobody knows whether they have arrived. */
export function idempotentMutations(supergraph: Schema): ReadonlySet<string> {
  const tag = supergraph.coreFeatures?.getByIdentity(tagIdentity)?.directiveNameInSchema('tag');
  const fields = supergraph.schemaDefinition.rootType('mutation')?.fields() ?? [];
  const tagged = fields.filter(({ appliedDirectives }) =>
    appliedDirectives.some(
      (directive) => directive.name === tag && directive.arguments().name === IDEMPOTENT,
    ),
  );
  return new Set(tagged.map(({ name }) => name));
}
