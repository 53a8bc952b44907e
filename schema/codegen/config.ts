import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { services } from '../subgraphs.ts';
import { ownTypeDefs } from '../type-defs.ts';
import { mappersOf } from './mappers.ts';

/** What both sides have in common. */
const types = {
  useTypeImports: true,
  enumsAsTypes: true,
  skipTypename: true,
  // A scalar that is not listed fails the run, instead of becoming `any`.
  strictScalars: true,
  scalars: { ID: 'string', Date: 'string', DateTime: 'string', SafeInt: 'number', _FieldSet: 'string' },
};

/** The resolver types of the subgraph in `folder`, which is relative to the root or absolute. */
export function resolverTypes(folder: string): CodegenConfig['generates'] {
  const read = (file: string) =>
    readFileSync(path.resolve(import.meta.dirname, '../..', folder, file), 'utf8');
  const sdl = `${folder}/schema.graphql`;
  return {
    [`${folder}/src/generated/resolvers.ts`]: {
      schema: { [sdl]: { loader: './schema/codegen/own-schema.ts' } },
      plugins: ['typescript', './schema/codegen/resolvers-plugin.ts'],
      config: {
        ...types,
        federation: true,
        contextType: '../context.ts#Context',
        // A repository's `undefined` is as good a null as `null`.
        maybeValue: 'T | null | undefined',
        makeResolverTypeCallable: true,
        mappers: mappersOf(ownTypeDefs(read('schema.graphql')), read('src/store/tables.ts')),
      },
    },
  };
}

/**
 * Each subgraph's resolver types, and the types and texts of the dashboard page's operations.
 */
const config: CodegenConfig = {
  generates: {
    ...Object.assign({}, ...services.map((name) => resolverTypes(`subgraphs/${name}`))),
    'router/web/dashboard/src/generated/': {
      schema: { 'schema/supergraph.graphql': { loader: './schema/codegen/api-schema.ts' } },
      documents: 'router/web/dashboard/src/**/*.graphql',
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      // Texts instead of syntax trees: smaller, and sent as they are.
      config: { ...types, documentMode: 'string' },
    },
  },
};

export default config;
