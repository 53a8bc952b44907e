import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { root } from './kubectl.ts';

const folder = join(root, 'k8s/broken');

/** The mistakes in a folder of k8s/broken, one a file, by their names. */
export function mistakes<Mistake>(kind: string): [name: string, mistake: Mistake][] {
  const files = readdirSync(join(folder, kind)).toSorted();
  return files.map((file) => [
    basename(file, '.yaml'),
    parse(readFileSync(join(folder, kind, file), 'utf8')),
  ]);
}

/** A mistake in a file of ours, made by replacing some of its text. */
export interface TextMistake {
  /** From the workspace's root. */
  readonly file: string;
  readonly replace: string;
  readonly by: string;
  /** What the check of that file says then: a part of each of its messages. */
  readonly caught: readonly string[];
}

/** A file's text, with a mistake in it when there is one. @throws Error when the text to replace is not there (any more) */
export function textOf(file: string, mistake?: TextMistake): string {
  const text = readFileSync(join(root, file), 'utf8');
  if (mistake?.file !== file) return text;
  if (!text.includes(mistake.replace)) throw new Error(`${file} does not hold ${mistake.replace}`);
  return text.replaceAll(mistake.replace, () => mistake.by);
}
