import { connect } from 'node:net';
import { WebSocket } from 'ws';

/** What came back of bytes on a connection of their own: a head and a body for each response; nothing at all is allowed. */
export interface Received {
  readonly status: number;
  readonly body: string;
}

const HEAD = /HTTP\/1\.1 (\d{3}) [^\r]*\r\n/g;

/**
 * Sends bytes on a connection of its own, and reads until the server closes.
 * @param isWhole whether they are a request; if not, the client's side ends, too
 * @throws Error when the server does neither respond nor close
 */
export async function exchange(port: number, bytes: Uint8Array, isWhole: boolean): Promise<Received[]> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server that refuses may reset a connection that still sends.
  socket.on('error', () => resolve()).on('close', () => resolve());
  socket.setTimeout(HANGS_AFTER_MS, () => reject(new Error('The connection hangs.')));
  if (isWhole) socket.write(bytes);
  else socket.end(bytes);
  try {
    await promise;
  } finally {
    socket.destroy();
  }
  return responsesIn(Buffer.concat(chunks).toString());
}

/** How long a server may take at all; far above what any request needs. */
const HANGS_AFTER_MS = 60_000;

function responsesIn(text: string): Received[] {
  const heads = [...text.matchAll(HEAD)];
  return heads.map(({ 1: status, index }, i) => {
    const response = text.slice(index, heads[i + 1]?.index);
    return { status: Number(status), body: response.slice(response.indexOf('\r\n\r\n') + 4) };
  });
}

/** A POST to `/graphql` of a body, on a connection that the server then closes. */
export function posted(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Uint8Array {
  const bytes = Buffer.from(body);
  const all = {
    host: 'localhost',
    connection: 'close',
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    'content-length': String(bytes.length),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /graphql HTTP/1.1\r\n${head.join('')}\r\n`), bytes]);
}

/** What a WebSocket got: its messages, and the code that it was closed with. */
export interface Heard {
  readonly messages: readonly { readonly type: string; readonly payload?: unknown }[];
  readonly closed: number;
}

/** Sends frames one after the other, then closes; a server may do so before. */
export async function converse(port: number, frames: readonly (string | Uint8Array)[]): Promise<Heard> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  const messages: Heard['messages'][number][] = [];
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  socket.on('message', (text) => {
    // The protocol's messages are objects with a type.
    const message = JSON.parse(String(text)) as Heard['messages'][number];
    if (message.type === 'pong' && String(text).includes('"last":true')) socket.close(1000);
    else messages.push(message);
  });
  socket.on('error', reject).on('close', resolve);
  socket.on('open', () => {
    for (const frame of frames) socket.send(frame);
    // Messages are read in order, so that the pong says that all have been.
    socket.send('{"type":"ping","payload":{"last":true}}');
  });
  const hangs = setTimeout(() => reject(new Error('The WebSocket hangs.')), HANGS_AFTER_MS);
  try {
    return { messages, closed: await promise };
  } finally {
    clearTimeout(hangs);
    socket.terminate();
  }
}
