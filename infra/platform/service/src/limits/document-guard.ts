import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { HttpRefusal, withCode } from '../errors/errors.ts';
import { documentFault } from './document-fault.ts';
import type { Limits } from './limits.ts';
import { documentNesting } from './nesting.ts';

/** Characters of accepted documents in the cache, so that a document in use is walked once. */
const cachedCharacters = 500_000;
/** What a document takes beside its text. */
const overhead = 100;

/**
 * Refuses documents beyond the limits before they reach the GraphQL server, whose parser and validation a hostile
 * document can overflow or keep busy. Documents with other errors pass: the server reports those.
 *
 * @returns a check to call with each request's document
 * @throws HttpRefusal DOCUMENT_LIMIT_EXCEEDED from that check
 */
export function documentGuard(limits: Limits): (source: string) => void {
  const accepted = new Set<string>();
  let characters = 0;
  return (source) => {
    if (accepted.has(source)) return;
    try {
      parseWithin(source, limits);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
    }
    accepted.add(source);
    characters += source.length + overhead;
    for (const oldest of accepted) {
      if (characters <= cachedCharacters) break;
      accepted.delete(oldest);
      characters -= oldest.length + overhead;
    }
  };
}

/**
 * Parses a document that is within the limits.
 * @throws HttpRefusal DOCUMENT_LIMIT_EXCEEDED; GraphQLError GRAPHQL_PARSE_FAILED
 */
export function parseWithin(source: string, limits: Limits): DocumentNode {
  if (documentNesting(source) > limits.documentNesting) {
    throw beyond(`Brackets in a document may nest at most ${limits.documentNesting} levels deep.`);
  }
  const document = parseTokens(source, limits.documentTokens);
  const fault = documentFault(document, limits);
  if (fault !== undefined) throw beyond(fault);
  return document;
}

function parseTokens(source: string, maxTokens: number): DocumentNode {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (!error.message.includes('tokens. Parsing aborted')) throw withCode(error, 'GRAPHQL_PARSE_FAILED');
    throw beyond(`A document may have at most ${maxTokens} tokens; use variables, or split it.`);
  }
}

function beyond(fault: string): HttpRefusal {
  return new HttpRefusal(400, 'DOCUMENT_LIMIT_EXCEEDED', fault);
}
