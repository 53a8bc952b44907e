import { createServer } from 'node:http';
import { launchBrowser, listen, requires } from '@airline/testing';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmbedded } from '../system.ts';

/** What a page of another site might try with the router, in the browser of someone who reaches it. */
async function tryAll(page: Page, router: string) {
  return await page.evaluate(async (router) => {
    const subscription = 'subscription { customerInfoUpdated { customerId } }';
    const json = { 'content-type': 'application/json' };
    const post = (path: string, query: string, init: RequestInit = {}) =>
      fetch(router + path, { method: 'POST', body: JSON.stringify({ query }), headers: json, ...init });
    const read = async (asked: Promise<Response>) => {
      try {
        const response = await asked;
        return response.ok ? (await response.text()).slice(0, 40) : 'refused';
      } catch {
        return 'refused';
      }
    };
    const opens = (target: EventTarget) =>
      new Promise<string>((resolve) => {
        target.addEventListener('open', () => resolve('open'));
        target.addEventListener('error', () => resolve('refused'));
      });
    const socket = new WebSocket(`${router.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const query = encodeURIComponent(subscription);
    const events = new EventSource(`${router}/graphql/stream?query=${query}`);
    const [opened, openedEvents] = await Promise.all([opens(socket), opens(events)]);
    const sent = {
      socket: opened,
      events: openedEvents,
      query: await read(post('/graphql', '{ __typename }')),
      mutation: await read(post('/graphql', 'mutation { __typename }')),
      stream: await read(
        post('/graphql/stream', '{ __typename }', { headers: { ...json, accept: 'text/event-stream' } }),
      ),
      metrics: await read(fetch(`${router}/metrics`)),
      page: await read(fetch(`${router}/`)),
    };
    socket.close();
    events.close();
    return sent;
  }, router);
}

const ALL_REFUSED = {
  socket: 'refused',
  events: 'refused',
  query: 'refused',
  mutation: 'refused',
  stream: 'refused',
  metrics: 'refused',
  page: 'refused',
};

const ALL_SERVED = {
  socket: 'open',
  events: 'open',
  query: '{"data":{"__typename":"Query"}}',
  mutation: '{"data":{"__typename":"Mutation"}}',
  stream: expect.stringContaining('event: next'),
  metrics: expect.stringContaining('# HELP'),
  page: expect.stringMatching(/<!doctype html>/i),
};

/** A page of another site; returns its port. */
async function serveForeignPage() {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>elsewhere</title>');
  });
  const port = await listen(server);
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The whole system, and a page of the browser at this address; in place of PORT comes the router's. */
async function openAt(address: string, env: Readonly<Record<string, string>> = {}) {
  const system = await startEmbedded(env);
  onTestFinished(() => system[Symbol.asyncDispose]());
  const browser = await launchBrowser({ loopbackName: 'evil.example' });
  onTestFinished(() => browser[Symbol.asyncDispose]());
  const { origin, port } = new URL(system.url);
  const { page } = await browser.newPage();
  await page.goto(address.replace('PORT', port));
  return { page, origin, port };
}

describe('a page of another site, in a browser on this machine', requires('chromium').options, () => {
  test('opens no WebSocket, reads no event stream, sends nothing; a page of the router does', async () => {
    await using elsewhere = await serveForeignPage();
    const { page, origin } = await openAt(`http://localhost:${elsewhere.port}/`);
    expect(await tryAll(page, origin)).toEqual(ALL_REFUSED);
    await page.goto(`${origin}/health/live`);
    expect(await tryAll(page, origin)).toEqual(ALL_SERVED);
  });

  test('would do all of it without the guard: one whose origin is allowed does', async () => {
    await using elsewhere = await serveForeignPage();
    const address = `http://localhost:${elsewhere.port}`;
    const { page, origin } = await openAt(address, { CORS_ORIGINS: address });
    expect(await tryAll(page, origin)).toEqual(ALL_SERVED);
  });

  test('gets nothing by a name of its own that leads to the router', async () => {
    const { page, port } = await openAt('http://evil.example:PORT/health/live');
    expect(await tryAll(page, `http://evil.example:${port}`)).toEqual(ALL_REFUSED);
  });

  test('would get all by that name without the guard, but what is for this machine alone', async () => {
    const { page, port } = await openAt('http://evil.example:PORT/health/live', { ALLOWED_HOSTS: '*' });
    // To http at a name other than localhost, browsers do not say where an EventSource comes from.
    const served = { ...ALL_SERVED, events: 'refused', metrics: 'refused' };
    expect(await tryAll(page, `http://evil.example:${port}`)).toEqual(served);
  });
});
