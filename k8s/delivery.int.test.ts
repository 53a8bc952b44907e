import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { requires, startPostgresServer } from '@airline/testing';
import { expect, test } from 'vitest';
import { deliveryChecks } from './checks/delivery.ts';
import { root } from './checks/kubectl.ts';
import { mistakes, type TextMistake, textOf } from './checks/mistake.ts';

const DELIVERY = 'infra/system/delivery';

test.each([...deliveryChecks])('%s', async (file, check) => {
  expect(await check(textOf(file), file)).toEqual([]);
});

test.each(mistakes<TextMistake>('delivery'))('catches %s', async (_name, mistake) => {
  const { file, caught } = mistake;
  expect(caught).not.toEqual([]);
  expect(await deliveryChecks.get(file)?.(textOf(file, mistake), file)).toEqual(
    caught.map((message) => expect.stringContaining(message)),
  );
});

test('images are built and deployed of the subgraphs and the router', () => {
  const printed = execFileSync(join(root, DELIVERY, 'services'), { encoding: 'utf8' });
  expect(printed.trim().split('\n')).toEqual([...services, 'router']);
});

test(
  'Postgres is initialised with a database for each subgraph',
  requires('postgres', 'psql').options,
  async () => {
    await using server = await startPostgresServer();
    const url = await server.createDatabase('airline');
    const input = textOf(`${DELIVERY}/databases.sql`).replace(
      '/docker-entrypoint-initdb.d',
      join(root, DELIVERY),
    );
    execFileSync('psql', ['--no-psqlrc', '--set=ON_ERROR_STOP=1', url], { input });
    const rows = await server.query(url, 'select datname from pg_database where not datistemplate');
    expect(rows.map(({ datname }) => datname).toSorted()).toEqual(
      [...services, 'airline', 'postgres'].toSorted(),
    );
  },
);
