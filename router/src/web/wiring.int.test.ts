import { createMetrics, noTracing } from '@airline/observability';
import { describe, expect, test } from 'vitest';
import { compose, routerOver, supergraphFile } from '../router.fixture.ts';
import { built, siteFolder } from './web.fixture.ts';

const nowhere = 'http://127.0.0.1:1/graphql';

describe('the router', () => {
  test('serves the pages of its folder beside GraphQL and the transports of subscriptions', async () => {
    const file = await supergraphFile(compose({ flight: nowhere, payment: nowhere }));
    const folder = await siteFolder(built);
    const { origin, query } = await routerOver(file.path, {
      pages: { folder, dashboard: true, playground: true },
    });
    const get = (path: string) => fetch(new URL(path, origin), { headers: { accept: 'text/html' } });
    expect(await (await get('/')).text()).toContain('Dashboard');
    const opened = await get('/graphql');
    expect(opened.redirected).toBe(true);
    expect(await opened.text()).toContain('Playground');
    expect((await query('{ __typename }')).body.data).toEqual({ __typename: 'Query' });
    expect(await (await get('/graphql/stream')).text()).not.toContain('Unknown path');
    expect(await (await get('/graphql/other')).text()).toContain('Unknown path');
  });

  test('has planned what its dashboard will ask, before it listens', async () => {
    const file = await supergraphFile(compose({ flight: nowhere, payment: nowhere }));
    const operations = JSON.stringify(['{ paid }', '{ nothing }']);
    const folder = await siteFolder({ ...built, '.operations.json': operations });
    const metrics = createMetrics();
    const pages = { folder, dashboard: true, playground: true };
    const { query, origin } = await routerOver(file.path, { pages }, { tracing: noTracing, metrics });
    await query('{ paid }');
    const text = await (await fetch(new URL('/metrics', origin))).text();
    expect(text).toContain('router_documents_total{result="hit"} 1\n');
    expect(text).not.toContain('result="miss"');
  });
});
