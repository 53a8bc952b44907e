import { HttpRefusal, type Limits, parseWithin } from '@airline/service/server';
import { type DocumentNode, GraphQLError } from 'graphql';
import { type Refused, refuse } from '../refusal.ts';
import type { ShapeErrors } from './shape.ts';

/** A document's text, read within the limits: a hostile one overflows a recursive parser, or keeps validation busy. */
export function parseDocument(text: string, limits: Limits, shape: ShapeErrors): DocumentNode | Refused {
  try {
    return parseWithin(text, limits);
  } catch (error) {
    if (error instanceof HttpRefusal) return refuse(error.code, error.message);
    if (!(error instanceof GraphQLError)) throw error;
    return { status: 400, errors: shape([error]) };
  }
}
