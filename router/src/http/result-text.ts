import type { OperationResult } from '../request.ts';

interface Written {
  readonly result: OperationResult;
  readonly text: string;
  bytes?: Buffer;
}

let last: Written | undefined;

/** Node writes a text of fewer bytes as it is; of more it makes one with the head, and then bytes of that. */
const ENCODED_FROM = 16_384;

/**
 * The JSON text of a result, which must not change afterwards. All who share a result write it one after the other, so that
 * remembering the last one serialises it once. (A WeakMap of all would cost 3 µs for each that nobody shares.)
 */
export const resultText = (result: OperationResult): string => (writtenBefore(result) ?? begin(result)).text;

/** The same for a response's body. */
export function resultBody(result: OperationResult): string | Buffer {
  const written = writtenBefore(result) ?? begin(result);
  if (written.text.length < ENCODED_FROM) return written.text;
  written.bytes ??= Buffer.from(written.text);
  return written.bytes;
}

const writtenBefore = (result: OperationResult): Written | undefined =>
  last?.result === result ? last : undefined;

function begin(result: OperationResult): Written {
  last = { result, text: JSON.stringify(result) };
  return last;
}
