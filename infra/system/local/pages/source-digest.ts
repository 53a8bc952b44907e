import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOT_SOURCES = new Set(['dist', 'node_modules']);
const TEST = /\.(test|fixture)\.tsx?$/;

/** A hash of the pages' sources: their package's files, without tests, and the lock file. */
export function sourceDigest(root: string): string {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', ...sources(root, 'router/web')]) {
    const content = readFileSync(join(root, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function sources(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !(NOT_SOURCES.has(name) || TEST.test(name)))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? sources(root, path) : [path];
    });
}
