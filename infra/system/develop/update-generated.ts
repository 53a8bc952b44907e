import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GeneratedText {
  /** From the root. */
  readonly file: string;
  readonly text: string;
}

const root = join(import.meta.dirname, '../../..');

/** Writes the files that have another text; with `check` it only names them, and has the process fail. */
export function updateGenerated(generated: readonly GeneratedText[], check = false): void {
  const stale = generated.filter(({ file, text }) => {
    const path = join(root, file);
    return !existsSync(path) || readFileSync(path, 'utf8') !== text;
  });
  if (!check) for (const { file, text } of stale) writeFileSync(join(root, file), text);
  if (!check || stale.length === 0) return;
  process.stderr.write(`Stale: ${stale.map(({ file }) => file).join(', ')}.\n`);
  process.exitCode = 1;
}
