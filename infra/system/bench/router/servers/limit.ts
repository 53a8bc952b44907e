import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createHttpClient } from '@airline/router/http-client';
import { readBody, sendJson } from './read-body.ts';
import type { Fetch } from './recorder.ts';

// What this router has to do at least: `limit.ts bytes` responds with a router's bytes, `limit.ts fetches` sends a router's
// fetches first, step by step, by this router's client, and reads their responses. It knows no GraphQL.

/** By the text of the request. */
export type Limits = Readonly<
  Record<string, { readonly response: string; readonly steps: readonly (readonly Fetch[])[] }>
>;

const [kind] = process.argv.slice(2);
const { LIMITS_FILE = '', PORT } = process.env;
// Written by this benchmark.
const limits = JSON.parse(readFileSync(LIMITS_FILE, 'utf8')) as Limits;
const known = new Map(
  Object.entries(limits).map(([request, { response, steps }]) => {
    const ready = steps.map((step) => step.map(({ url, body }) => ({ url: new URL(url), body })));
    return [request, { response: Buffer.from(response), steps: kind === 'fetches' ? ready : [] }];
  }),
);

/** The query by which the benchmark finds that it responds. */
const unknown = { steps: [], response: Buffer.from('{"data":{}}') };

const client = createHttpClient();

function send({ url, body }: { readonly url: URL; readonly body: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    client.send(url.origin, {
      isOver: false,
      head: `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n`,
      body,
      began: () => {},
      received: () => {},
      ended: (_head, bytes) => resolve(bytes.toString()),
      failed: reject,
    });
  });
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { steps, response: bytes } = known.get(await readBody(request)) ?? unknown;
  for (const step of steps) await Promise.all(step.map(send));
  sendJson(response, bytes);
}

createServer((request, response) => void respond(request, response)).listen(Number(PORT), '127.0.0.1');
