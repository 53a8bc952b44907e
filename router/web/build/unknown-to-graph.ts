import { buildSchema, KnownDirectivesRule, parse, specifiedRules, validate } from 'graphql';

// The router has directives that the supergraph lacks, such as @defer.
const rules = specifiedRules.filter((rule) => rule !== KnownDirectivesRule);

/** What operations ask for that the supergraph does not have: a text for people for each, or none. */
export function unknownToGraph(supergraph: string, operations: Iterable<string>): string[] {
  const graph = buildSchema(supergraph);
  return [...operations].flatMap((text) =>
    validate(graph, parse(text), rules).map(
      ({ message }) =>
        `A page asks for what the graph does not have: ${message} Correct this operation:\n${text}`,
    ),
  );
}
