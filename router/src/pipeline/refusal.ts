import type { ProtocolCode, RefusalCode } from '@airline/service/server';
import type { Refused } from '../request.ts';

/** Distinguishes a refusal from what a stage passes to the next. */
export { isRefused } from '../fan-out/index.ts';
export type { Refused } from '../request.ts';

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
