import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CannedResponses, GraphQLRequest } from './canned-responses.ts';

/** The field that numbers the events. */
const NUMBER = '"flightCount":';

interface Upstream {
  readonly socket: WebSocket;
  readonly id: string;
  /** The event's result before and behind its number. */
  readonly parts: readonly [string, string];
}

interface Message {
  readonly type: string;
  readonly id: string;
  readonly payload: GraphQLRequest & { readonly extensions?: { readonly announceCursor?: boolean } };
}

/** Serves the subscriptions of a subgraph by `graphql-transport-ws`; an event is sent to all of them. */
export class EventSource {
  readonly #upstreams = new Set<Upstream>();
  #seq = 0;

  constructor(server: Server, responses: CannedResponses) {
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
    sockets.on('connection', (socket) => {
      socket.on('message', (text) => {
        // A router's own message, by the protocol.
        const message = JSON.parse(String(text)) as Message;
        if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (message.type === 'ping') socket.send('{"type":"pong"}');
        if (message.type === 'subscribe') void this.#subscribe(socket, message, responses);
        if (message.type === 'complete') this.#remove(socket, message.id);
      });
      socket.on('close', () => this.#remove(socket));
    });
  }

  get subscriptions(): number {
    return this.#upstreams.size;
  }

  /** Sends so many further events; returns the number of the last. */
  push(count: number): number {
    for (let sent = 0; sent < count; sent += 1) {
      this.#seq += 1;
      for (const { socket, id, parts } of this.#upstreams) {
        const result = `${parts[0]}${this.#seq}${parts[1]}`;
        const extensions = `"extensions":{"cursor":"${this.#seq}-0"}`;
        socket.send(`{"type":"next","id":${JSON.stringify(id)},"payload":{${result},${extensions}}}`);
      }
    }
    return this.#seq;
  }

  async #subscribe(socket: WebSocket, { id, payload }: Message, responses: CannedResponses): Promise<void> {
    const { data } = await responses.execute(payload);
    const text = `"data":${JSON.stringify(data)}`;
    const at = text.indexOf(NUMBER) + NUMBER.length;
    const parts = [text.slice(0, at), text.slice(at).replace(/^\d+/, '')] as const;
    if (payload.extensions?.announceCursor) {
      const announcement = { data: null, extensions: { cursor: `${this.#seq}-0` } };
      socket.send(JSON.stringify({ type: 'next', id, payload: announcement }));
    }
    this.#upstreams.add({ socket, id, parts });
  }

  #remove(socket: WebSocket, id?: string): void {
    for (const upstream of this.#upstreams) {
      if (upstream.socket === socket && (id === undefined || upstream.id === id)) {
        this.#upstreams.delete(upstream);
      }
    }
  }
}
