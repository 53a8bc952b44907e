import { once } from 'node:events';
import { until } from '@airline/testing';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { SUBSCRIBE } from './facade.fixture.ts';
import type { Transports } from './transport.fixture.ts';

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A socket of which the test does each step itself. */
export async function openSocket({ webSocketUrl }: Transports, { autoPong = true } = {}) {
  const socket = new WebSocket(webSocketUrl, 'graphql-transport-ws', { autoPong });
  const messages: Message[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = once(socket, 'close').then(([code]) => code as number);
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  const received = (type: string) => until(type, () => messages.find((message) => message.type === type));
  const initialise = async (payload?: object) => {
    send({ type: 'connection_init', payload });
    await received('connection_ack');
  };
  const subscribe = (id: string, query = SUBSCRIBE) => send({ id, type: 'subscribe', payload: { query } });
  const of = (id: string) => messages.filter((message) => message.id === id);
  return { socket, messages, closed, send, received, initialise, subscribe, of };
}
