import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { StartError } from '@airline/service/server';
import type { Encoding } from './encoding.ts';

/** A built file with its compressed variants, in memory. */
export interface StoredFile {
  /** Its content-type header. */
  readonly type: string;
  /** Identifies its content, in whichever encoding. */
  readonly digest: string;
  readonly content: Buffer;
  readonly compressed: ReadonlyMap<Encoding, Buffer>;
}

/** By path below the folder, with slashes: `assets/dashboard-CZQ-EjR7.js`. */
export type Site = ReadonlyMap<string, StoredFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

const endings: Readonly<Record<string, Encoding>> = { '.br': 'br', '.gz': 'gzip' };

/**
 * Reads what Vite built, whole: no request reaches the file system, and a build that takes its place later cannot
 * mix with it. Hidden files are left out.
 *
 * @returns nothing when there is no such folder
 * @throws StartError when it cannot be read
 */
export async function readSite(folder: string): Promise<Site> {
  const site = new Map<string, StoredFile>();
  const names = await listFiles(folder);
  const contents = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
  for (const [name, content] of contents) {
    if (extname(name) in endings) continue;
    const compressed = new Map<Encoding, Buffer>();
    for (const [ending, encoding] of Object.entries(endings)) {
      const variant = contents.get(name + ending);
      if (variant) compressed.set(encoding, variant);
    }
    const type = types[extname(name)] ?? 'application/octet-stream';
    const digest = createHash('sha256').update(content).digest('base64url').slice(0, 22);
    site.set(name.split(sep).join('/'), { type, digest, content, compressed });
  }
  return site;
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  } catch (error) {
    // Node's file system rejects with nothing else.
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new StartError(
      `The pages cannot be read (${message}). Set WEB_DIR to the folder that \`npm run build\` has written.`,
    );
  }
}
