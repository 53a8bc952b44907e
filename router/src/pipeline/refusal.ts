import type { ProtocolCode, RefusalCode } from '@airline/service/server';
import type { Refused } from '../request.ts';

/** Distinguishes a refusal from what a stage passes to the next. */
export { isRefused } from '../fan-out/index.ts';
export type { Refused } from '../request.ts';

/** A refusal in the router's own words. */
export function refuse(
  code: ProtocolCode | RefusalCode,
  message: string,
  options: { status?: number; field?: string } = {},
): Refused {
  const { status = 400, field } = options;
  return { status, errors: [{ message, extensions: field === undefined ? { code } : { code, field } }] };
}
