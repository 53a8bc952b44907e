import { isLearned, UnknownName } from '../data/environment.ts';
import type { Texts } from './texts.ts';

/** Why placeholders were not filled, in the reader's language. */
export function wordsForUnknown(error: unknown, { environment }: Texts): string {
  if (!(error instanceof UnknownName)) return String(error);
  const { placeholder } = error;
  return isLearned(placeholder) ? environment.notLearned(placeholder) : environment.unknown(placeholder);
}
