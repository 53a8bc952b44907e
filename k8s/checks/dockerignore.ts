import { globSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { root } from './kubectl.ts';

/** Files that no image needs. */
const UNWANTED = [
  '**/*.test.ts',
  '**/*.fixture.ts',
  '**/*.contract.ts',
  'infra/system/{bench,develop,e2e,operator}/**/*.ts',
  'k8s/*/**',
];

/** Of the files that no image needs, those that the builder would copy. */
export function dockerignoreFaults(text: string): string[] {
  const patterns = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const files = globSync('{schema,infra,subgraphs,router,k8s}/**/*.*', {
    cwd: root,
    exclude: (path) => path.endsWith('node_modules'),
  });
  const copied = files.filter((file) => !isIgnored(file, patterns));
  return UNWANTED.filter((unwanted) => copied.some((file) => matchesGlob(file, unwanted))).map(
    (unwanted) => `images would get ${unwanted}`,
  );
}

/** The last pattern that matches the file, or a folder above it, decides: https://docs.docker.com/build/concepts/context/#syntax */
function isIgnored(file: string, patterns: readonly string[]): boolean {
  const parts = file.split('/');
  const paths = parts.map((_, index) => join(...parts.slice(0, index + 1)));
  const last = patterns.findLast((pattern) =>
    paths.some((path) => matchesGlob(path, pattern.replace(/^!/, ''))),
  );
  return last !== undefined && !last.startsWith('!');
}
