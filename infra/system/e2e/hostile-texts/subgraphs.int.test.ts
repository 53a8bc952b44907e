import { loadSubgraphs } from '@airline/local/subgraphs';
import { type PostgresServer, requires, startPostgresServer } from '@airline/testing';
import { serve } from '@airline/testing/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileTexts, isTakenAsKey, oddTexts } from './hostile-texts.ts';
import { type TextArgument, textArguments } from './text-arguments.ts';

// Each operation of each subgraph is asked for with each text, in each of its arguments, on both databases.

const subgraphs = await loadSubgraphs();

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

describe.each(['SQLite', 'PostgreSQL'])('on %s', (database) => {
  async function start(subgraph: (typeof subgraphs)[number]) {
    const url = database === 'PostgreSQL' ? await postgres?.createDatabase() : undefined;
    const variable = `${subgraph.name.toUpperCase()}_DB_URL`;
    const { ask } = await serve(subgraph, { env: url === undefined ? {} : { [variable]: url } });
    const operations = await textArguments(ask);
    expect(operations.length).toBeGreaterThan(5);
    return { ask, operations };
  }

  describe.each(subgraphs)('$name', requires('postgres').options, (subgraph) => {
    test('refuses hostile texts by the name of the field', async () => {
      const { ask, operations } = await start(subgraph);
      for (const { what, text, title, field, variable, literal } of each(hostileTexts, operations)) {
        const isKey = title.startsWith('_entities') && isTakenAsKey(text);
        const { query, variables } = variable(text);
        const { errors } = await ask(query, variables);
        expect(errors?.map(({ extensions }) => extensions) ?? [], `${what} in ${title}`).toEqual(
          isKey ? [] : [{ code: 'BAD_USER_INPUT', field }],
        );
        if (!literal) continue;
        // The grammar of GraphQL has no lone surrogates. The path of a literal has no indices.
        const at = field.replaceAll(/\[\d+\]/g, '');
        const inDocument = (await ask(literal(text))).errors;
        expect(
          inDocument?.map(({ extensions }) => extensions),
          `${what} in ${title} of a document`,
        ).toEqual([
          text.isWellFormed() ? { code: 'BAD_USER_INPUT', field: at } : { code: 'GRAPHQL_PARSE_FAILED' },
        ]);
      }
    });

    test('control: takes odd texts, or refuses them for another reason', async () => {
      const { ask, operations } = await start(subgraph);
      for (const { what, text, title, variable, literal } of each(oddTexts, operations)) {
        const { query, variables } = variable(text);
        const responses = [await ask(query, variables), ...(literal ? [await ask(literal(text))] : [])];
        for (const { message, extensions } of responses.flatMap(({ errors = [] }) => errors)) {
          expect(message, `${what} in ${title}`).not.toMatch(/must not contain|Internal/);
          expect(extensions?.code).toMatch(/^(BAD_USER_INPUT|NOT_FOUND)$/);
        }
      }
    });
  });
});

const each = (texts: Readonly<Record<string, string>>, operations: readonly TextArgument[]) =>
  Object.entries(texts).flatMap(([what, text]) =>
    operations.map((operation) => ({ what, text, ...operation })),
  );
