import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(html|js|css|json|svg|ttf|webmanifest)$/;
/** What fits in one packet anyway. */
const MIN_BYTES = 1_000;
/** Above it Brotli's best takes seconds a file (20 s for all of Monaco, to save 8 %); its level 9 takes a tenth of that. */
const BEST_UP_TO_BYTES = 100_000;

/** Writes a `.br` and a `.gz` beside each file of a build that gets smaller by it. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name));
      await Promise.all(names.map((name) => compressFile(join(dir, name))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < MIN_BYTES) return;
  const quality = content.length > BEST_UP_TO_BYTES ? 9 : constants.BROTLI_MAX_QUALITY;
  const brotli = promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  const variants = { br: await brotli, gz: await promisify(gzip)(content, { level: 9 }) };
  for (const [ending, compressed] of Object.entries(variants)) {
    if (compressed.length < content.length) await writeFile(`${file}.${ending}`, compressed);
  }
}
