import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listen } from '@airline/testing';
import { airline } from '../graphs/airline.ts';
import { guild } from '../graphs/guild.ts';
import { CannedResponses } from './canned-responses.ts';
import { EventSource } from './event-source.ts';
import { readBody, sendJson } from './read-body.ts';
import { Recorder } from './recorder.ts';

// The subgraphs of one graph, in a process of their own, each on a port of its own: `subgraphs.ts GRAPH DELAY_MS`. They print
// where they listen. Beside them a control server takes POST /record, /recorded, /subscriptions and /push.

const [name, delay = '0'] = process.argv.slice(2);
const graph = name === 'guild' ? guild : airline;
const delayMs = Number(delay);
const recorder = new Recorder();
const urls: Record<string, string> = {};
let events: EventSource | undefined;

async function serve(server: Server, responses: CannedResponses): Promise<string> {
  const url = `http://127.0.0.1:${await listen(server)}/graphql`;
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request);
    await recorder.receive({ url, body });
    const json = await responses.respond(body);
    if (delayMs > 0) setTimeout(() => sendJson(response, json), delayMs);
    else sendJson(response, json);
  };
  server.on('request', (request, response) => void respond(request, response));
  return url;
}

for (const [subgraph, definition] of Object.entries(graph)) {
  const server = createServer();
  const responses = new CannedResponses(definition);
  if (subgraph === 'dashboard') events = new EventSource(server, responses);
  urls[subgraph] = await serve(server, responses);
}

const commands: Readonly<Record<string, (body: string) => unknown>> = {
  '/record': () => recorder.start(),
  '/recorded': () => recorder.stop(),
  '/subscriptions': () => events?.subscriptions,
  '/push': (count) => events?.push(Number(count)),
};
const obey = async (request: IncomingMessage, response: ServerResponse) => {
  const result = commands[request.url ?? '']?.(await readBody(request)) ?? null;
  sendJson(response, Buffer.from(JSON.stringify(result)));
};
const control = createServer((request, response) => void obey(request, response));
const controlUrl = `http://127.0.0.1:${await listen(control)}`;
process.stdout.write(`${JSON.stringify({ urls, controlUrl })}\n`);
