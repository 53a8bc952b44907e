import { join, resolve } from 'node:path';
import { services } from '@airline/schema/events';

export const ROOT = resolve(import.meta.dirname, '../../../..');

/** The databases, as the folders of their migrations are named. */
export const dialects = ['sqlite', 'postgres'] as const;
export type Dialect = (typeof dialects)[number];

/** A folder with the tables of one service and the migrations that make them. */
export interface StoreFolder {
  /** For messages. */
  readonly name: string;
  /** The module that exports the tables. */
  readonly tables: string;
  /** The folder of migrations, one folder for each database. */
  readonly migrations: string;
}

export const storeFolder = (path: string, name = path): StoreFolder => ({
  name,
  tables: join(path, 'tables.ts'),
  migrations: join(path, 'migrations'),
});

/** The stores of all subgraphs, and of the sample service that tests use. */
export const stores = [
  ...services.map((service) => join('subgraphs', service, 'src/store')),
  'infra/platform/testing/src/sample',
].map((path) => storeFolder(join(ROOT, path), path));
