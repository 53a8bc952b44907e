import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '@airline/testing';
import { raw } from '@airline/testing/hostile-input';
import { expect, onTestFinished, test } from 'vitest';
import { authorizationOf, trusted } from '../pipeline/tokens.fixture.ts';
import { startLiveRouter } from '../subscriptions/live-router.fixture.ts';
import { UNLIMITED } from './unlimited.fixture.ts';

const body = '{"query":"mutation { book }"}';
const request = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const upgrade = (more = '') =>
  `GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n${more}\r\n`;

test.each([
  ['of one client', { perClient: 2, inAll: 1e6 }, 429, 'TOO_MANY_REQUESTS'],
  ['in all', { perClient: 1e6, inAll: 2 }, 503, 'OVERLOADED'],
])(
  'connections beyond the limit %s serve health and operators alone',
  async (_what, connections, status, code) => {
    const held = Promise.withResolvers<void>();
    onTestFinished(() => held.resolve());
    let running = 0;
    const { router } = await startLiveRouter(
      { admission: { operations: UNLIMITED, connections }, jwt: trusted },
      {
        respond: async () => {
          running += 1;
          await held.promise;
          return { data: { book: 1 } };
        },
      },
    );
    const port = Number(new URL(router.url).port);
    for (let count = 1; count <= 2; count += 1) {
      const socket = connect(port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      await once(socket, 'connect');
      socket.write(request);
      await until('it is busy', () => running === count);
    }
    const ask = (path: string, headers = '') =>
      raw(port, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n${headers}\r\n`);
    const operator = `authorization: ${await authorizationOf('pat', ['operator'])}\r\n`;
    const query = '/graphql?query={__typename}';
    const preflight = 'apollo-require-preflight: true\r\n';

    const refused = [await ask(query, preflight), await raw(port, upgrade())];
    for (const response of refused) {
      expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(response).toContain(code);
      expect(response.toLowerCase()).toContain('\r\nretry-after: 1\r\n');
      expect(response.toLowerCase()).toContain('connection: close');
    }
    expect(await ask('/health/ready')).toMatch(/^HTTP\/1.1 200 /);
    expect(await ask('/health/live')).toMatch(/^HTTP\/1.1 200 /);
    expect(await ask(query, preflight + operator)).toContain('"__typename":"Query"');
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(upgrade(operator));
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 101 /);
  },
);
