import { announcement, type Role } from '@airline/service/server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { composeSubgraphs, link } from '../composition.fixture.ts';
import { authorizationOf, trusted } from '../pipeline/tokens.fixture.ts';
import { routerOver, supergraphFile } from '../router.fixture.ts';
import { startStub } from '../sources/stub-subgraph.fixture.ts';
import { openSocket } from '../subscriptions/live-router.fixture.ts';

const flightTypes = `${link}
  type Query { flight: Flight @tag(name: "public") }
  type Subscription {
    flightUpdated: Flight! @tag(name: "public")
    crewUpdated: Flight! @policy(policies: [["staff"]])
  }
  type Flight @key(fields: "id") @tag(name: "public") { id: ID!, code: String!, crew: Int @policy(policies: [["staff"]]) }
`;
const paymentTypes = `${link}
  type Flight @key(fields: "id") { id: ID!, revenue: Int @policy(policies: [["staff"]]) }
`;

/** The router, with an issuer, over a subgraph that sends one event at once. */
async function start() {
  const texts: string[] = [];
  const flight = { __typename: 'Flight', id: '1', code: 'KE1', crew: 8 };
  const stub = await startStub({
    subscribed: ({ payload, next }) => {
      texts.push(payload.query);
      next(announcement('0-0', false));
      next({ data: { flightUpdated: flight, crewUpdated: flight } });
    },
    respond: ({ query, variables: { representations } }) => {
      texts.push(query);
      return Array.isArray(representations)
        ? { data: { _entities: representations.map((key) => ({ ...key, revenue: 100 })) } }
        : { data: { flight } };
    },
  });
  const file = await supergraphFile(
    composeSubgraphs([
      { name: 'flight', url: stub.url, typeDefs: flightTypes },
      { name: 'payment', url: stub.url, typeDefs: paymentTypes },
    ]),
  );
  const { router } = await routerOver(file.path, { jwt: trusted, apqCacheSeconds: 60 });
  return { url: router.url, texts };
}

const headersOf = async (role: Role | undefined, more: Record<string, string>) => ({
  ...more,
  ...(role && { authorization: await authorizationOf(role, [role]) }),
});

type Start = Awaited<ReturnType<typeof start>>;

async function post(
  { url }: Start,
  query: string,
  role?: Role,
  accept = 'application/graphql-response+json',
  path = '',
) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const headers = await headersOf(role, { 'content-type': 'application/json', accept });
  const body = JSON.stringify({ query });
  return await fetch(`${url}${path}`, { method: 'POST', headers, body, signal: leaving.signal });
}

/** The text of a stream until something is in it. */
async function readUntil({ body }: Response, wanted: string): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes(wanted)) break;
  }
  return text;
}

const transports = [
  ['server-sent events', 'text/event-stream', '/stream'],
  ['multipart', 'multipart/mixed;subscriptionSpec=1.0', ''],
] as const;

const NESTED = 'subscription { flightUpdated { code crew revenue } }';
const DENIED = 'subscription { crewUpdated { code } }';
const event = '{"flightUpdated":{"code":"KE1","crew":null,"revenue":null}}';

describe('by HTTP', () => {
  test('an anonymous caller reads what is public, and is asked for a token for all else', async () => {
    const started = await start();
    expect(await (await post(started, '{ flight { code } }')).json()).toEqual({
      data: { flight: { code: 'KE1' } },
    });
    for (const accept of ['application/graphql-response+json', 'application/json']) {
      const refused = await post(started, '{ flight { code revenue } }', undefined, accept);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect(started.texts).toEqual(['{flight{code}}']);
  });

  test('caches may keep what anyone may read, and nothing else', async () => {
    const started = await start();
    const get = async (query: string, role?: Role) => {
      const headers = await headersOf(role, { 'apollo-require-preflight': 'true' });
      const response = await fetch(`${started.url}?${new URLSearchParams({ query })}`, { headers });
      return [response.status, response.headers.get('cache-control'), await response.text()] as const;
    };
    const open = '{ flight { code } }';
    const closed = '{ flight { crew } }';
    expect((await get(open)).slice(0, 2)).toEqual([200, 'public, max-age=60']);
    expect((await get(open, 'staff')).slice(0, 2)).toEqual([200, 'no-store']);
    expect((await get(closed)).slice(0, 2)).toEqual([401, 'no-store']);

    /** A cache between clients and the router, by URL; the control keeps what it must not. */
    const throughCache = async (keeps: (caching: string | null) => boolean) => {
      const kept = new Map<string, string>();
      const ask = async (role?: Role) => {
        const known = kept.get(closed);
        if (known !== undefined) return known;
        const [, caching, text] = await get(closed, role);
        if (keeps(caching)) kept.set(closed, text);
        return text;
      };
      expect(await ask('staff')).toContain('"crew":8');
      return await ask();
    };
    expect(await throughCache((caching) => caching?.startsWith('public') === true)).toContain(
      'UNAUTHENTICATED',
    );
    expect(await throughCache(() => true)).toContain('"crew":8');
  });
});

describe.each(transports)('by %s', (_, accept, path) => {
  test('an anonymous subscriber is refused what is not public', async () => {
    const started = await start();
    for (const query of [NESTED, DENIED]) {
      const refused = await post(started, query, undefined, accept, path);
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(await refused.text()).toContain('UNAUTHENTICATED');
    }
    expect(started.texts).toEqual([]);
    const open = await post(started, 'subscription { flightUpdated { code } }', undefined, accept, path);
    expect(await readUntil(open, 'KE1')).toContain('{"flightUpdated":{"code":"KE1"}}');
  });

  test('each event lacks what its subscriber may not see, and nobody is asked for it', async () => {
    const started = await start();
    const text = await readUntil(await post(started, NESTED, 'customer', accept, path), 'KE1');
    expect(text).toContain(event);
    expect(text).toContain('"path":["flightUpdated","revenue"],"extensions":{"code":"FORBIDDEN"}');
    expect(started.texts.join()).not.toMatch(/crew|revenue/);
    const whole = await readUntil(await post(started, NESTED, 'staff', accept, path), 'KE1');
    expect(whole).toContain('{"flightUpdated":{"code":"KE1","crew":8,"revenue":100}}');
  });

  test('a subscription to what is denied is refused', async () => {
    const started = await start();
    const refused = await post(started, DENIED, 'customer', accept, path);
    // An event stream says it within the stream.
    expect(refused.status).toBe(path === '' ? 403 : 200);
    expect(await refused.text()).toContain('FORBIDDEN');
    expect(started.texts).toEqual([]);
  });
});

describe('by WebSocket', () => {
  const connect = async ({ url }: Start, role?: Role) => {
    const { socket, send } = await openSocket(url, await headersOf(role, {}));
    onTestFinished(() => socket.terminate());
    return async (query: string) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      socket.on('message', (data) => {
        const message = JSON.parse(String(data));
        if (message.id === query) resolve(message);
      });
      send({ type: 'subscribe', id: query, payload: { query } });
      return await promise;
    };
  };
  const refused = (code: string) => ({ type: 'error', payload: [{ extensions: { code } }] });

  test('an anonymous subscriber is refused what is not public, and keeps the socket', async () => {
    const started = await start();
    const subscribe = await connect(started);
    for (const query of [NESTED, DENIED, '{ flight { crew } }', '{ __schema { queryType { name } } }'])
      expect(await subscribe(query)).toMatchObject(refused('UNAUTHENTICATED'));
    expect(started.texts).toEqual([]);
    expect(await subscribe('subscription { flightUpdated { code } }')).toMatchObject({
      payload: { data: { flightUpdated: { code: 'KE1' } } },
    });
  });

  test('a known one gets null for what is denied, and an error', async () => {
    const started = await start();
    const subscribe = await connect(started, 'customer');
    expect(await subscribe(DENIED)).toMatchObject(refused('FORBIDDEN'));
    expect(await subscribe(NESTED)).toMatchObject({
      type: 'next',
      payload: {
        data: JSON.parse(event),
        errors: [{ path: ['flightUpdated', 'crew'] }, { path: ['flightUpdated', 'revenue'] }],
      },
    });
    expect(started.texts.join()).not.toMatch(/crew|revenue/);
  });
});
