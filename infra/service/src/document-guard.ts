import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { documentFault } from './document-fault.ts';
import { HttpRefusal } from './errors.ts';
import type { Limits } from './limits.ts';
import { documentNesting } from './nesting.ts';

/** Characters of accepted documents remembered, so that a document in use is walked once. */
const rememberedCharacters = 4_000_000;

/**
 * Refuses documents beyond the limits before they reach the GraphQL server, whose parser and validation a hostile
 * document can overflow or keep busy. Documents with other faults pass: the server reports those.
 *
 * @returns a check to call with each request's document
 * @throws HttpRefusal DOCUMENT_LIMIT_EXCEEDED from that check
 */
export function documentGuard(limits: Limits): (source: string) => void {
  const accepted = new Set<string>();
  let characters = 0;
  return (source) => {
    if (accepted.has(source)) return;
    const fault = sourceFault(source, limits);
    if (fault !== undefined) throw new HttpRefusal(400, 'DOCUMENT_LIMIT_EXCEEDED', fault);
    accepted.add(source);
    characters += source.length;
    for (const oldest of accepted) {
      if (characters <= rememberedCharacters) break;
      accepted.delete(oldest);
      characters -= oldest.length;
    }
  };
}

function sourceFault(source: string, limits: Limits): string | undefined {
  if (documentNesting(source) > limits.documentNesting) {
    return `Brackets in a document may nest at most ${limits.documentNesting} levels deep.`;
  }
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens: limits.documentTokens });
  } catch (error) {
    const tooLong = error instanceof GraphQLError && error.message.includes('tokens. Parsing aborted');
    return tooLong
      ? `A document may have at most ${limits.documentTokens} tokens; use variables, or split it.`
      : undefined;
  }
  return documentFault(document, limits);
}
