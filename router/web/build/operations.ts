import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRequest, stringifyDocument } from '@urql/core';
import type { Plugin } from 'vite';

/**
 * Writes the texts of a page's operations beside the build, so that the router has them planned before the page asks.
 *
 * @param documents the generated module that exports them, named `…Document`
 */
export function operations(documents: object): Plugin {
  return {
    name: 'operations',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      const texts = Object.entries(documents)
        .filter(([name]) => name.endsWith('Document'))
        .map(([, document]) => sentText(String(document)));
      await writeFile(join(dir, '.operations.json'), JSON.stringify(texts));
    },
  };
}

/** Subscriptions are sent as they are, the rest as urql writes it. */
export function sentText(text: string): string {
  return /^\s*subscription\b/.test(text) ? text : stringifyDocument(createRequest(text, {}).query);
}
