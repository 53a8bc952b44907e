import type { OperationResult } from '../request.ts';

let last: { readonly result: OperationResult; readonly text: string } | undefined;

/**
 * The JSON text of a result, which must not change afterwards. All who share a result write it one after the other, so that
 * remembering the last one serialises it once. (A WeakMap of all would cost 3 µs for each that nobody shares.)
 */
export function resultText(result: OperationResult): string {
  if (last?.result !== result) last = { result, text: JSON.stringify(result) };
  return last.text;
}
