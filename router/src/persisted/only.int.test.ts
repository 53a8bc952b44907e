import { readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../main.ts';
import { authorizationOf, trusted } from '../pipeline/tokens.fixture.ts';
import { routerOver } from '../router.fixture.ts';
import { openSocket } from '../subscriptions/live-router.fixture.ts';
import { hashOf } from './hash.ts';

const { supergraphFile, trustedDocuments } = readConfig({});
const texts = Object.entries(
  JSON.parse(await readFile(trustedDocuments.files[0] ?? '', 'utf8')) as Record<string, string>,
);
const [, first = ''] = texts.find(([, text]) => text.startsWith('query')) ?? [];
const OTHER = '{ __typename }';

/** The router over its own graph, whose subgraphs are away: what is refused before they are asked shows. */
async function start(mode: 'only' | 'allow', jwt?: typeof trusted) {
  const nowhere = 'http://127.0.0.1:1/graphql';
  const { router } = await routerOver(supergraphFile, {
    trustedDocuments: { ...trustedDocuments, mode },
    jwt,
    subgraphUrls: { reservation: nowhere, flight: nowhere, payment: nowhere, dashboard: nowhere },
  });
  const send = async (path: string, init: RequestInit) => {
    const text = await (await fetch(new URL(path, router.url), init)).text();
    return /"code":"(\w+)"/.exec(text)?.[1] ?? text;
  };
  const post = (body: object, headers: Record<string, string> = {}, path = '/graphql') =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const get = (parameters: Record<string, string>) =>
    send(`/graphql?${new URLSearchParams(parameters)}`, { headers: { 'apollo-require-preflight': 'true' } });
  const overWebSocket = async (payload: object) => {
    const { socket, send, next } = await openSocket(router.url);
    onTestFinished(() => socket.terminate());
    const message = Promise.race([next('error'), next('next')]);
    send({ id: '1', type: 'subscribe', payload });
    return /"code":"(\w+)"/.exec(JSON.stringify(await message))?.[1] ?? 'ok';
  };
  return { post, get, overWebSocket };
}

const EVENTS = { accept: 'text/event-stream' };

describe('where only trusted documents run', () => {
  test('each of the pages runs, by its text and by its hash', async () => {
    const { post } = await start('only');
    expect(texts.length).toBeGreaterThan(20);
    // Past the documents: their values are missing, subgraphs are away, a subscription needs a stream, or none is asked.
    const noFetch = '{"data":{"__typename":"Query"}}';
    const beyond = ['BAD_USER_INPUT', 'SUBGRAPH_UNAVAILABLE', 'NOT_ACCEPTABLE', noFetch];
    for (const [hash, query] of texts) {
      expect(beyond).toContain(await post({ query, operationName: undefined }));
      expect(beyond).toContain(await post({ documentId: `sha256:${hash}` }));
    }
  });

  test('others are refused on every transport', async () => {
    const { post, get, overWebSocket } = await start('only');
    const persistedQuery = { version: 1, sha256Hash: hashOf(OTHER) };
    const refused = await Promise.all([
      post({ query: OTHER }),
      post({ query: OTHER, extensions: { persistedQuery } }),
      post({ documentId: `sha256:${hashOf(OTHER)}` }),
      post({ query: OTHER }, EVENTS, '/graphql/stream'),
      post({ query: OTHER }, { accept: 'multipart/mixed' }),
      post({ query: OTHER }, { authorization: await authorizationOf('kim', ['staff']) }),
      get({ query: OTHER }),
      get({ documentId: hashOf(OTHER) }),
      overWebSocket({ query: OTHER }),
      overWebSocket({ query: '', documentId: hashOf(OTHER) }),
    ]);
    expect(new Set(refused)).toEqual(new Set(['DOCUMENT_NOT_TRUSTED']));
    const named = { documentId: `sha256:${hashOf(first)}` };
    const taken = await Promise.all([
      post(named, EVENTS, '/graphql/stream'),
      get(named),
      overWebSocket({ query: '', ...named }),
      overWebSocket({ query: first }),
    ]);
    expect(taken).not.toContain('DOCUMENT_NOT_TRUSTED');
    expect(taken).not.toContain('BAD_REQUEST');
  });

  test('operators run what they like', async () => {
    const { post } = await start('only', trusted);
    const of = async (role: 'operator' | 'staff') => ({
      authorization: await authorizationOf('pat', [role]),
    });
    expect(await post({ query: OTHER }, await of('operator'))).toContain('"__typename":"Query"');
    expect(await post({ query: OTHER }, await of('staff'))).toBe('DOCUMENT_NOT_TRUSTED');
  });
});

test('where trusted documents are allowed, others run as well', async () => {
  const { post, get } = await start('allow');
  expect(await post({ query: OTHER })).toContain('"__typename":"Query"');
  expect(await get({ documentId: hashOf(OTHER) })).toBe('PERSISTED_QUERY_NOT_FOUND');
  expect(await get({ documentId: hashOf(first) })).not.toBe('PERSISTED_QUERY_NOT_FOUND');
});
