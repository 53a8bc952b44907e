import { readFile } from 'node:fs/promises';
import { queryObjects } from 'node:v8';
import { GraphQLSchema } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { openSocket, openStream, SUBSCRIBE, startLiveRouter } from '../subscriptions/live-router.fixture.ts';

const schemas = () => queryObjects(GraphQLSchema, { format: 'count' });
const waiting = { timeout: 20_000, interval: 50 };

const transports = {
  'a WebSocket': async (url: string) => {
    const { socket, send, next } = await openSocket(url);
    const event = next('next');
    send({ type: 'subscribe', id: '1', payload: { query: SUBSCRIBE } });
    await event;
    return () => socket.terminate();
  },
  'an event stream': async (url: string) => {
    const stream = await openStream(url, 'text/event-stream');
    return () => stream.destroy();
  },
  'a multipart response': async (url: string) => {
    const stream = await openStream(url, 'multipart/mixed;subscriptionSpec=1.0');
    return () => stream.destroy();
  },
};

test.each(Object.entries(transports))(
  'nothing of a supergraph is kept once another serves, though a subscription by %s began under it',
  async (_transport, subscribe) => {
    const { router, query, file, lines } = await startLiveRouter();
    onTestFinished(await subscribe(router.url));
    await query('{ flight { code } }');
    const before = schemas();
    const supergraph = await readFile(file.path, 'utf8');
    await file.replace(supergraph.replace('code: String!', 'code: String! @deprecated'));
    await expect.poll(() => lines.map(({ msg }) => msg), waiting).toContain('serving the new supergraph');
    await query('{ flight { code } }');
    await expect.poll(schemas, waiting).toBeLessThanOrEqual(before);
  },
);
