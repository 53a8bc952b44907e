import { join } from 'node:path';
import { command } from '@airline/service/server';
import { buildPages } from './pages/build-pages.ts';

command({
  usage: `Usage: npm run build
  Builds the pages of the router, unless they are up to date. About 20 seconds.`,
});

// `npm run build`: builds the router's pages, unless they are up to date.

const progress = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const built = await buildPages({ root: join(import.meta.dirname, '../../..'), progress });
  if (!built) progress('The pages are up to date.');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
