import { describe, expect, onTestFinished, test } from 'vitest';
import { startPostgresServer } from './postgres-server.ts';
import { requires } from './requirement.ts';

describe('a private PostgreSQL', requires('postgres').options, () => {
  test('flushes to disk, and keeps its data after a power failure', async () => {
    const server = await startPostgresServer('max_connections=30');
    onTestFinished(() => server[Symbol.asyncDispose]());
    const url = await server.createDatabase('own');
    const settings = await server.query(
      url,
      `select string_agg(current_setting(name), ' ' order by name) as is
       from unnest(array['fsync', 'max_connections', 'synchronous_commit']) as name`,
    );
    expect(settings).toEqual([{ is: 'on 30 on' }]);
    await server.query(url, 'create table kept (id int)');
    await server.query(url, 'insert into kept values ($1)', [1]);
    await server.kill();
    await expect(server.query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.start();
    expect(await server.query(url, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  test('is paused and resumed, with its connections', async () => {
    const server = await startPostgresServer();
    onTestFinished(() => server[Symbol.asyncDispose]());
    const url = await server.createDatabase();
    await server.pause();
    const result = server.query(url, 'select 1 as one').catch((error: Error) => error.message);
    await expect(result).resolves.toMatch(/timeout/);
    await server.resume();
    expect(await server.query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
