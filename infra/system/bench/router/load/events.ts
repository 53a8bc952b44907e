import { until } from '@airline/testing';
import { WebSocket } from 'ws';
import { MeasuringWindow, type WindowOptions } from './window.ts';

// Has the subgraph send events of a subscription as fast as one WebSocket receives them: `events.ts OPTIONS`. Prints what it
// measured; the time of an event begins with the request for it.

export interface EventLoad extends WindowOptions {
  readonly url: string;
  readonly controlUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  /** Events under way at most. */
  readonly inFlight: number;
}

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly customerInfoUpdated?: { readonly flightCount: number } } };
}

// Written by the benchmark.
const options = JSON.parse(process.argv[2] ?? '') as EventLoad;
const control = async (command: string, body = ''): Promise<number> => {
  const response = await fetch(`${options.controlUrl}${command}`, { method: 'POST', body });
  return Number(await response.json());
};

/** Waits for a number of subscriptions at the subgraph. */
async function subscriptions(what: string, isReached: (count: number) => boolean): Promise<void> {
  await until(what, async () => isReached(await control('/subscriptions')), 10_000);
}

await subscriptions('the previous subscription ends', (count) => count === 0);
const pushedAt = new Map<number, number>();
let pushed = await control('/push', '0');
let received = pushed;
let isPushing = false;

/** Events go out in halves, so that the router always has some. */
async function push(): Promise<void> {
  const half = Math.max(1, Math.floor(options.inFlight / 2));
  if (isPushing || pushed - received > half || !window.isRunning) return;
  isPushing = true;
  const at = performance.now();
  for (let event = pushed + 1; event <= pushed + half; event += 1) pushedAt.set(event, at);
  pushed = await control('/push', String(half));
  isPushing = false;
  await push();
}

const socket = new WebSocket(options.url.replace(/^http/, 'ws'), 'graphql-transport-ws', {
  perMessageDeflate: false,
});
await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
const window = new MeasuringWindow(options);
socket.on('message', (text) => {
  const message = JSON.parse(String(text)) as Message;
  if (message.type === 'connection_ack') {
    const payload = { query: options.query };
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
  }
  if (message.type === 'ping') socket.send('{"type":"pong"}');
  if (message.type === 'error') throw new Error(`The subscription failed: ${String(text)}`);
  const number = message.payload?.data?.customerInfoUpdated?.flightCount;
  if (number === undefined) return;
  const failure = number === received + 1 ? undefined : `event ${number} follows ${received}`;
  received = number;
  window.add(performance.now() - (pushedAt.get(number) ?? performance.now()), failure);
  pushedAt.delete(number);
  void push();
});
socket.send(JSON.stringify({ type: 'connection_init', payload: options.headers }));

await subscriptions('the router subscribes', (count) => count > 0);
await push();
const measured = await window.measured;
socket.terminate();
process.stdout.write(`${JSON.stringify(measured)}\n`);
