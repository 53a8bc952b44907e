import { rm } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { pageRoutes } from './routes.ts';
import { built, open, script, settings, siteFolder, startWeb } from './web.fixture.ts';

const SCRIPT = '/assets/main-abc.js';

describe('the pages', () => {
  test('are at their addresses, asked for again each time, and load from this origin only', async () => {
    const { ask } = await startWeb();
    for (const [path, title] of [
      ['/', 'Dashboard'],
      ['/?lang=ko', 'Dashboard'],
      ['/flights', 'Dashboard'],
      ['/flights/0190a3c4?lang=ko', 'Dashboard'],
      ['/bookings/7K3M-9QXT', 'Dashboard'],
      ['/customers/a%2Fb', 'Dashboard'],
      ['/customers/a/b', 'Dashboard'],
      ['/playground', 'Playground'],
    ] as const) {
      const { status, headers, body } = await ask(path);
      expect(status).toBe(200);
      expect(body.toString()).toContain(title);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'x-request-id': expect.any(String),
      });
      const policy = String(headers['content-security-policy']).split('; ');
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "connect-src 'self'",
          "frame-ancestors 'none'",
        ]),
      );
      // Only Monaco needs styles that are written into the page.
      expect(policy.includes("style-src 'self'")).toBe(title === 'Dashboard');
      expect(policy.filter((each) => each.includes('unsafe'))).toEqual(
        title === 'Dashboard' ? [] : ["style-src 'self' 'unsafe-inline'"],
      );
    }
  });

  test('are served from memory, whatever becomes of the build', async () => {
    const { ask, folder } = await startWeb();
    await rm(folder, { recursive: true });
    expect((await ask('/')).status).toBe(200);
    expect((await ask(SCRIPT)).body.toString()).toBe(script);
  });

  test('that are not built name the command that builds them, and GraphQL is served all the same', async () => {
    const { ask, query } = await startWeb({});
    for (const path of ['/', '/playground']) {
      const { status, headers, body } = await ask(path);
      expect(status).toBe(503);
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(body.toString()).toContain('Run `npm run build`');
    }
    expect((await query('{ hello }')).body).toEqual({ data: { hello: 'Hello, you' } });
  });

  test('can be switched off, one or both', async () => {
    const { ask } = await startWeb(built, { dashboard: true, playground: false, operate: true });
    expect((await ask('/')).status).toBe(200);
    expect((await ask('/playground')).status).toBe(404);
    const neither = await startWeb(built, { dashboard: false, playground: false, operate: false });
    for (const path of ['/', '/flights', '/bookings/7K3M-9QXT', '/playground', SCRIPT]) {
      expect((await neither.ask(path)).status).toBe(404);
    }
  });

  test('in something that is no folder keep the router from starting, which says what to set', async () => {
    const folder = await siteFolder(built);
    const pages = {
      folder: `${folder}/robots.txt`,
      dashboard: true,
      playground: true,
      operate: true,
      signIn: open,
      settings,
    };
    await expect(pageRoutes(pages)).rejects.toThrow('Set WEB_DIR to the folder');
  });
});

test('the pages are told where traces are', async () => {
  const { ask } = await startWeb();
  const told = await ask('/settings.json');
  expect(told.headers['cache-control']).toBe('no-cache');
  expect(JSON.parse(told.body.toString())).toEqual({ traceUrl: null });
});

describe('where people sign in', () => {
  const issuer = 'https://issuer.example/realms/airline';

  test('the pages know the issuer, may call it, and it may send people back', async () => {
    const signIn = { ...open, open: false, issuer, audience: 'airline' };
    const { ask } = await startWeb(built, undefined, signIn);
    const settings = await ask('/sign-in.json');
    expect(settings.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
    });
    expect(JSON.parse(settings.body.toString())).toEqual(signIn);
    for (const [path, title] of [
      ['/', 'Dashboard'],
      ['/playground', 'Playground'],
      ['/sign-in?code=1&state=2', 'Sign-in'],
    ] as const) {
      const { headers, body } = await ask(path);
      expect(body.toString()).toContain(title);
      expect(String(headers['content-security-policy']).split('; ')).toContain(
        "connect-src 'self' https://issuer.example",
      );
    }
    expect((await ask('/sign-in.json', {}, 'POST')).status).toBe(405);
  });

  test('is nowhere without an issuer', async () => {
    const { ask } = await startWeb();
    expect(JSON.parse((await ask('/sign-in.json')).body.toString())).toEqual(open);
    expect((await ask('/sign-in')).status).toBe(404);
  });
});

describe('their files', () => {
  test('come in the coding that the client likes best, and caches keep them apart', async () => {
    const { ask } = await startWeb();
    const plain = await ask(SCRIPT);
    const brotli = await ask(SCRIPT, { 'accept-encoding': 'gzip, deflate, br' });
    const gzip = await ask(SCRIPT, { 'accept-encoding': 'gzip' });
    expect(plain.body.toString()).toBe(script);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
    expect(gunzipSync(gzip.body).toString()).toBe(script);
    const responses = [plain, brotli, gzip];
    expect(responses.map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
    expect(responses.map(({ headers }) => headers.vary)).toEqual(Array(3).fill('Accept-Encoding'));
    expect(new Set(responses.map(({ headers }) => headers.etag)).size).toBe(3);
    for (const { headers, body } of responses) {
      expect(headers).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'content-length': String(body.length),
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
    }
    const picture = await ask('/assets/icon-def.svg', { 'accept-encoding': 'br' });
    expect(picture.headers['content-encoding']).toBeUndefined();
    expect(picture.headers['content-type']).toBe('image/svg+xml');
  });

  test('without a hash in their names are asked for again each time', async () => {
    const { ask } = await startWeb();
    expect((await ask('/robots.txt')).headers['cache-control']).toBe('no-cache');
  });

  test('that a client has already are not sent again', async () => {
    const { ask } = await startWeb();
    for (const path of ['/', SCRIPT]) {
      const etag = String((await ask(path)).headers.etag);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const { status, headers, body } = await ask(path, { 'if-none-match': known });
        expect({ status, size: body.length }).toEqual({ status: 304, size: 0 });
        expect(headers.etag).toBe(etag);
        expect(headers['cache-control']).toBeDefined();
        expect(headers['content-length']).toBeUndefined();
      }
      expect((await ask(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
    // Another page has another tag, and so has the same file in another coding.
    const dashboard = String((await ask('/')).headers.etag);
    expect((await ask('/playground', { 'if-none-match': dashboard })).status).toBe(200);
  });

  test('return headers alone for HEAD, and 405 for other methods', async () => {
    const { ask } = await startWeb();
    for (const path of ['/', SCRIPT]) {
      const get = await ask(path, { 'accept-encoding': 'br' });
      const head = await ask(path, { 'accept-encoding': 'br' }, 'HEAD');
      expect(head.status).toBe(200);
      expect(head.body.length).toBe(0);
      expect(head.headers['content-length']).toBe(String(get.body.length));
      expect(head.headers.etag).toBe(get.headers.etag);
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const refused = await ask(path, {}, method);
        expect(refused.status).toBe(405);
        expect(refused.headers.allow).toBe('GET, HEAD');
      }
    }
  });

  test.each([
    '/assets/',
    '/assets',
    '/assets/none-123.js',
    '/assets/main-abc.js.br',
    '/assets/main-abc.js/',
    '/.built-from',
    '/dashboard/index.html',
    '/assets/../.built-from',
    '/assets/../../beside.txt',
    '/../beside.txt',
    '/%2e%2e/beside.txt',
    '/assets/%2e%2e%2f%2e%2e%2fbeside.txt',
    '/assets/..%5c..%5cbeside.txt',
    '/assets/main-abc.js%00.svg',
    '//assets/main-abc.js',
    '/etc/passwd',
    '/flightsuit',
    '/Flights',
    '//flights/one',
    '/__proto__',
  ])('do not include %s', async (path) => {
    const { ask } = await startWeb();
    const { status, headers, body } = await ask(path);
    expect(status).toBe(404);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.toString()).not.toContain('secret');
    expect(body.length).toBeLessThan(200);
  });
});

describe('GET /graphql', () => {
  const browser =
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8';

  test('from a browser leads to the playground', async () => {
    const { ask } = await startWeb();
    const { status, headers } = await ask('/graphql', { accept: browser });
    expect(status).toBe(303);
    expect(headers).toMatchObject({ location: '/playground', vary: 'Accept', 'cache-control': 'no-store' });
  });

  test.each([
    ['anything, as curl does', '*/*'],
    ['JSON', 'application/json'],
    ['GraphQL', 'application/graphql-response+json, application/json;q=0.9'],
    ['JSON and pages alike', 'text/html, application/json'],
    ['an event stream', 'text/event-stream'],
  ])('from a client of %s does not', async (_of, accept) => {
    const { ask } = await startWeb();
    const { status, headers } = await ask('/graphql', { accept });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers.location).toBeUndefined();
  });

  test('does not from a client that names no type, with a query, by POST, or when the playground is off', async () => {
    const { ask } = await startWeb();
    expect((await ask('/graphql')).status).toBe(400);
    const asked = await ask('/graphql?query=%7Bhello%7D', {
      accept: browser,
      'apollo-require-preflight': '1',
    });
    expect(JSON.parse(asked.body.toString())).toEqual({ data: { hello: 'Hello, you' } });
    expect((await ask('/graphql', { accept: browser }, 'POST')).status).toBe(415);
    const off = await startWeb(built, { dashboard: true, playground: false, operate: true });
    expect((await off.ask('/graphql', { accept: browser })).status).toBe(400);
  });
});
