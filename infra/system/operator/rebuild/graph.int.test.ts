import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createGraph } from './graph.ts';

/** What a router returns with 429 or 503, and `Retry-After`. */
const BUSY = '{"errors":[{"message":"Later.","extensions":{"code":"RATE_LIMITED"}}]}';

/** A router that returns these responses in turn, and then repeats the last of them. */
async function router(...responses: readonly (object | string)[]) {
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const body = responses[Math.min(tokens.length, responses.length - 1)];
    tokens.push(request.headers.authorization);
    if (body === BUSY) response.writeHead(tokens.length % 2 ? 429 : 503, { 'retry-after': '0' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    tokens,
    graph: createGraph({ url: `http://127.0.0.1:${port}/graphql`, token: 'token', retryMs: 1 }),
  };
}

const refused = (code: string) => ({ data: null, errors: [{ message: 'Not now.', extensions: { code } }] });

test('transient errors are retried', async () => {
  const { graph, tokens } = await router(
    refused('TRY_AGAIN_LATER'),
    refused('SUBGRAPH_UNAVAILABLE'),
    'Bad gateway',
    { data: { ok: 1 } },
  );
  expect(await graph('{ ok }', {})).toEqual({ ok: 1 });
  expect(tokens).toEqual(['Bearer token', 'Bearer token', 'Bearer token', 'Bearer token']);
});

test('a lasting error is thrown after the last retry, and a refusal at once', async () => {
  const transient = await router(refused('TRY_AGAIN_LATER'));
  await expect(transient.graph('{ ok }', {})).rejects.toThrow(
    /^The graph refused the request \(TRY_AGAIN_LATER\): Not now\.$/,
  );
  expect(transient.tokens).toHaveLength(6);
  const lasting = await router(refused('FORBIDDEN'));
  await expect(lasting.graph('{ ok }', {})).rejects.toThrow(/ACCESS_TOKEN is of a caller who is no operator/);
  expect(lasting.tokens).toHaveLength(1);
});

test('a field that operators may not see is named, with the rule as the remedy', async () => {
  const message = 'Customer.tier requires the role staff.';
  const errors = [{ message, path: ['customer', 'held'], extensions: { code: 'FORBIDDEN' } }];
  const { graph } = await router({ data: { customer: { held: null } }, errors });
  await expect(graph('{ ok }', {})).rejects.toThrow(
    /\(FORBIDDEN\): Customer\.tier requires the role staff\. .* let operators see the field, by its rule/,
  );
});

test('what a router has no room for is sent again when it says, however often others fail', async () => {
  const { graph, tokens } = await router(...Array.from({ length: 9 }, () => BUSY), { data: { ok: 1 } });
  expect(await graph('{ ok }', {})).toEqual({ ok: 1 });
  expect(tokens).toHaveLength(10);
});
