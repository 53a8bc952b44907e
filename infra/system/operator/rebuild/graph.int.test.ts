import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createGraph } from './graph.ts';

/** A router that gives these answers, one after the other, and then the last of them again and again. */
async function router(...answers: readonly (object | string)[]) {
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(tokens.length, answers.length - 1)];
    tokens.push(request.headers.authorization);
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
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

test('what may pass is tried again', async () => {
  const { graph, tokens } = await router(
    refused('TRY_AGAIN_LATER'),
    refused('SUBGRAPH_UNAVAILABLE'),
    'Bad gateway',
    { data: { ok: 1 } },
  );
  expect(await graph('{ ok }', {})).toEqual({ ok: 1 });
  expect(tokens).toEqual(['Bearer token', 'Bearer token', 'Bearer token', 'Bearer token']);
});

test('what does not pass is told in the end, and what cannot pass at once', async () => {
  const passing = await router(refused('TRY_AGAIN_LATER'));
  await expect(passing.graph('{ ok }', {})).rejects.toThrow(
    /^The graph refuses \(TRY_AGAIN_LATER\): Not now\.$/,
  );
  expect(passing.tokens).toHaveLength(6);
  const lasting = await router(refused('FORBIDDEN'));
  await expect(lasting.graph('{ ok }', {})).rejects.toThrow(/OPERATOR_TOKEN is not the token/);
  expect(lasting.tokens).toHaveLength(1);
});
