import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { startFront } from './http.fixture.ts';

/** Audits of GET requests that any foreign page could make a browser send: CSRF prevention refuses these. */
const refusedOnPurpose = ['5A70', '6A70', 'D6D5'];

test('keeps to GraphQL over HTTP in all 61 audits of graphql-http, but for the three that CSRF prevention costs', async () => {
  const { server } = await startFront();
  const results = await auditServer({ url: server.url });
  const failed = results.filter(({ status }) => status !== 'ok');
  expect(results).toHaveLength(61);
  expect(failed.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(
    refusedOnPurpose.map((id) => `${id} notice`),
  );
});

test('passes all 61 when GET requests come with the header that CSRF prevention asks for', async () => {
  const { server } = await startFront();
  const results = await auditServer({
    url: server.url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'yes' } }),
  });
  expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
});
