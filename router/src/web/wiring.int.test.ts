import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMetrics, noTracing } from '@airline/observability';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../persisted/hash.ts';
import { compose, routerOver, supergraphFile } from '../router.fixture.ts';
import { built, settings, siteFolder } from './web.fixture.ts';

const nowhere = 'http://127.0.0.1:1/graphql';

describe('the router', () => {
  test('serves the pages of its folder beside GraphQL and the transports of subscriptions', async () => {
    const file = await supergraphFile(compose({ flight: nowhere, payment: nowhere }));
    const folder = await siteFolder(built);
    const { origin, query } = await routerOver(file.path, {
      pages: { folder, dashboard: true, playground: true, operate: true, settings },
    });
    const get = (path: string) => fetch(new URL(path, origin), { headers: { accept: 'text/html' } });
    expect(await (await get('/')).text()).toContain('Dashboard');
    const opened = await get('/graphql');
    expect(opened.redirected).toBe(true);
    expect(await opened.text()).toContain('Playground');
    expect((await query('{ __typename }')).body.data).toEqual({ __typename: 'Query' });
    expect(await (await get('/graphql/stream')).text()).not.toContain('Unknown path');
    expect(await (await get('/graphql/other')).text()).toContain('<a href="/operate">Operations</a>');
    const program = await fetch(new URL('/graphql/other', origin), { headers: { accept: '*/*' } });
    expect(await program.text()).toContain('Unknown path');
  });

  test('has planned what it trusts, before it listens', async () => {
    const file = await supergraphFile(compose({ flight: nowhere, payment: nowhere }));
    const texts = ['{ paid }', '{ nothing }'];
    const manifest = join(file.folder, 'trusted.json');
    await writeFile(manifest, JSON.stringify(Object.fromEntries(texts.map((text) => [hashOf(text), text]))));
    const metrics = createMetrics();
    const trustedDocuments = { mode: 'allow', files: [manifest] } as const;
    const { query, origin } = await routerOver(
      file.path,
      { trustedDocuments },
      { tracing: noTracing, metrics },
    );
    await query('{ paid }');
    const text = await (await fetch(new URL('/metrics', origin))).text();
    expect(text).toContain('router_documents_total{result="hit"} 1\n');
    expect(text).not.toContain('result="miss"');
  });
});
