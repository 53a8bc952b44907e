import type { ProtocolCode, RefusalCode } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';

/** An operation that never began: its errors, and the HTTP status for transports that have one. */
export interface Refused {
  readonly status: number;
  /** When to try again; by default soon, or never. */
  readonly retryAfterSeconds?: number;
  readonly errors: readonly GraphQLFormattedError[];
}

/** Distinguishes a refusal from what a stage passes to the next. */
export const isRefused = (outcome: object): outcome is Refused => 'errors' in outcome && 'status' in outcome;

/** A refusal in the router's own words; `extensions` are beside the code. */
export function refuse(
  code: ProtocolCode | RefusalCode,
  message: string,
  {
    status = 400,
    ...extensions
  }: { readonly status?: number; readonly field?: string; readonly cost?: Cost } = {},
): Refused {
  return { status, errors: [{ message, extensions: { code, ...extensions } }] };
}

/** What an operation is estimated to cost, and what it may. */
export interface Cost {
  readonly estimated: number;
  readonly max: number;
}
