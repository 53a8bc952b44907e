import { readFile } from 'node:fs/promises';
import { StartError } from '@airline/service/server';
import { z } from 'zod';
import { hashOf } from './hash.ts';

/** Which documents may run: all, named by their text alone (`off`), also by their hash (`allow`), or trusted ones alone (`only`). */
export const trustModes = ['off', 'allow', 'only'] as const;

/** Documents that are known before any client sends them. */
export interface TrustedDocuments {
  readonly mode: (typeof trustModes)[number];
  /** By SHA-256. */
  readonly texts: ReadonlyMap<string, string>;
}

const manifest = z.record(z.string(), z.string());

/**
 * Reads manifests: JSON objects of texts by the SHA-256 of each, as GraphQL Code Generator writes them (`persistedDocuments`).
 * @throws StartError for a file that cannot be read, or whose hashes are not those of its texts
 */
export async function readTrusted(files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const file of files) {
    for (const [name, text] of Object.entries(await readManifest(file))) {
      const hash = name.replace(/^sha256:/, '');
      if (hashOf(text) !== hash) {
        throw new StartError(
          `The trusted documents in ${file} are wrong: ${name} is not the SHA-256 of its text.`,
        );
      }
      texts.set(hash, text);
    }
  }
  return texts;
}

async function readManifest(file: string): Promise<Record<string, string>> {
  try {
    return manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? 'it is no JSON object of texts by their hashes' : String(error);
    throw new StartError(
      `The trusted documents in ${file} cannot be read (${reason}). Set TRUSTED_DOCUMENTS_FILES to manifests.`,
    );
  }
}
