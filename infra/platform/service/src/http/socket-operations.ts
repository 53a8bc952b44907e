import { type Message, MessageType, type SubscribePayload } from 'graphql-ws';

/** An operation as a client has sent it. */
export interface ReceivedOperation {
  readonly payload: SubscribePayload;
  /** Of its message. */
  readonly bytes: number;
}

/** An operation from its `subscribe` message to the message that ends it. */
interface Operation {
  readonly clientId: string;
  /** Created when it is asked for. */
  aborting?: AbortController;
  /** Until it is taken. */
  received: ReceivedOperation | undefined;
}

/** How graphql-ws begins a message that belongs to an operation. */
const HEAD = /^\{"id":"(\d+)","type":"(\w+)"/;

/**
 * The operations of one socket. A client may use an id again as soon as it has sent `complete`, while graphql-ws still
 * prepares or executes the old operation and would take it for the new one. So each operation has an id of its own for
 * graphql-ws, which the client never sees.
 */
export class SocketOperations {
  readonly #ids = new Map<string, string>();
  readonly #inFlight = new Map<string, Operation>();
  #begun = 0;

  /**
   * A client's message as graphql-ws is to read it: of an operation its id alone.
   * @returns undefined for one that ends an unknown operation, which the protocol ignores; `duplicate` for an id in use
   */
  received(message: Message, bytes: number): Message | 'duplicate' | undefined {
    if (message.type === MessageType.Subscribe) {
      if (this.#ids.has(message.id)) return 'duplicate';
      this.#begun += 1;
      const id = String(this.#begun);
      this.#ids.set(message.id, id);
      this.#inFlight.set(id, { clientId: message.id, received: { payload: message.payload, bytes } });
      return { id, type: MessageType.Subscribe, payload: { query: '' } };
    }
    if (message.type !== MessageType.Complete) return message;
    const id = this.#ids.get(message.id);
    if (id === undefined) return undefined;
    this.#end(id)?.aborting?.abort();
    return { id, type: MessageType.Complete };
  }

  /**
   * A message of graphql-ws as the client is to read it.
   * @returns undefined for one of an operation that the client has ended
   */
  sent(text: string): string | undefined {
    const [head, id, type] = HEAD.exec(text) ?? [];
    if (head === undefined || id === undefined) return text;
    const operation = type === MessageType.Next ? this.#inFlight.get(id) : this.#end(id);
    if (!operation) return undefined;
    return `{"id":${JSON.stringify(operation.clientId)},"type":"${type}"${text.slice(head.length)}`;
  }

  /** @returns what aborts when the client ends the operation, or its socket closes */
  signalOf(id: string): AbortSignal {
    const operation = this.#inFlight.get(id);
    if (!operation) return AbortSignal.abort();
    operation.aborting ??= new AbortController();
    return operation.aborting.signal;
  }

  /** What the client has sent; once. An operation that has ended meanwhile has an empty document. */
  take(id: string): ReceivedOperation {
    const operation = this.#inFlight.get(id);
    const { received } = operation ?? {};
    if (operation) operation.received = undefined;
    return received ?? { payload: { query: '' }, bytes: 0 };
  }

  /** Ends all, since their socket has closed. */
  close(): void {
    const ended = [...this.#inFlight.values()];
    this.#ids.clear();
    this.#inFlight.clear();
    for (const { aborting } of ended) aborting?.abort();
  }

  #end(id: string): Operation | undefined {
    const operation = this.#inFlight.get(id);
    if (!operation) return undefined;
    this.#inFlight.delete(id);
    this.#ids.delete(operation.clientId);
    return operation;
  }
}
