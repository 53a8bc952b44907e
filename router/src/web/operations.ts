import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Pages } from './routes.ts';

/** What the build of the pages writes: the texts of the dashboard's operations, as it sends them. */
const OPERATIONS_FILE = '.operations.json';

/** None where the dashboard is not served, or not built. */
export async function pageOperations({ folder, dashboard }: Pages): Promise<string[]> {
  if (!dashboard) return [];
  try {
    return z.array(z.string()).parse(JSON.parse(await readFile(join(folder, OPERATIONS_FILE), 'utf8')));
  } catch {
    // Without it they are planned when they are first sent.
    return [];
  }
}
