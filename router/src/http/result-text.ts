import type { OperationResult } from '../request.ts';

interface Written {
  readonly result: OperationResult;
  readonly text: string;
  bytes?: Buffer;
}

let last: Written | undefined;

/** From so many characters on, a text that is written again is written as bytes: to encode it takes longer than what is done for bytes. */
const ENCODED_FROM = 8_192;

/**
 * The JSON text of a result, which must not change afterwards. All who share a result write it one after the other, so that
 * remembering the last one serialises it once. (A WeakMap of all would cost 3 µs for each that nobody shares.)
 */
export const resultText = (result: OperationResult): string => (writtenBefore(result) ?? begin(result)).text;

/** The same for a response's body: those who share a large one encode it once, too. */
export function resultBody(result: OperationResult): string | Buffer {
  const written = writtenBefore(result);
  if (!written) return begin(result).text;
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
