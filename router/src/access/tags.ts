import { type Schema, tagIdentity } from '@apollo/federation-internals';

/** What of a supergraph may have directives. */
export interface Element {
  readonly appliedDirectives: readonly { readonly name: string; arguments(): object }[];
}

/** Whether an element has this tag, `@tag(name: …)`, under whichever name the supergraph imports the directive. */
export type IsTagged = (element: Element, tag: string) => boolean;

export function tagsOf(supergraph: Schema): IsTagged {
  const directive = supergraph.coreFeatures?.getByIdentity(tagIdentity)?.directiveNameInSchema('tag');
  return ({ appliedDirectives }, tag) =>
    appliedDirectives.some((applied) => {
      const given: { readonly name?: string } = applied.arguments();
      return applied.name === directive && given.name === tag;
    });
}
