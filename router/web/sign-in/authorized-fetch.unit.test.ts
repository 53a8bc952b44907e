import { createServer } from 'node:http';
import { listen } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { authorizedFetch } from './authorized-fetch.ts';

/** A router that takes one token, and what was sent to it. */
async function start(taken: string) {
  const sent: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    sent.push(headers.authorization);
    response.writeHead(headers.authorization === taken ? 200 : 401).end();
  });
  const port = await listen(server);
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${port}/`, sent };
}

test('a token that is refused is renewed once, and the request sent again', async () => {
  const { url, sent } = await start('Bearer new');
  let token = 'Bearer old';
  const send = authorizedFetch({
    authorization: async () => token,
    renew: async () => {
      token = 'Bearer new';
      return true;
    },
  });
  expect((await send(url, { method: 'POST', body: '{}' })).status).toBe(200);
  expect(sent).toEqual(['Bearer old', 'Bearer new']);
});

test('it is not sent again without a new token, nor more than once', async () => {
  const { url, sent } = await start('Bearer other');
  let renewed = true;
  const send = authorizedFetch({ authorization: async () => 'Bearer old', renew: async () => renewed });
  expect((await send(url)).status).toBe(401);
  expect(sent).toHaveLength(2);
  renewed = false;
  expect((await send(url)).status).toBe(401);
  expect(sent).toHaveLength(3);
});

test('what someone has written themselves goes before, and nobody has no token', async () => {
  const { url, sent } = await start('Bearer own');
  const renew = async () => true;
  await authorizedFetch({ authorization: async () => 'Bearer session', renew })(url, {
    headers: { authorization: 'Bearer mine' },
  });
  await authorizedFetch({ authorization: async () => undefined, renew })(url);
  expect(sent).toEqual(['Bearer mine', undefined]);
});
