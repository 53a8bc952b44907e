import { connect, type Socket } from 'node:net';
import { type Response, ResponseReader } from '../response-reader.ts';

/** What became of a request. */
export interface Outcome {
  readonly ms: number;
  /** Refused are 429 and 503 with `retry-after`; anything but data or a refusal is a failure. */
  readonly as: 'served' | 'refused' | { readonly failure: string };
  readonly body: string;
}

export interface Wish {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * Clients with an address each, of those that Linux has of itself. None waits for another's connection. Over sockets, since an HTTP
 * client would take a core from the system at five times its rate.
 */
export class Clients implements AsyncDisposable {
  readonly #url: URL;
  readonly #open = new Set<Connection>();
  readonly #idle = new Map<string, Connection[]>();

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** How many are open. */
  get connections(): number {
    return this.#open.size;
  }

  async send(address: string, wish: Wish): Promise<Outcome> {
    const begun = performance.now();
    const body = JSON.stringify(wish);
    const request = `POST /graphql HTTP/1.1\r\nhost: ${this.#url.host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    try {
      const connection = this.#takeIdle(address) ?? this.#connect(address);
      const { status, head, parts } = await connection.send(request);
      if (!/^connection: close/im.test(head)) this.#idleOf(address).push(connection);
      const text = Buffer.concat(parts).toString();
      return { ms: performance.now() - begun, as: kindOf(status, head, text), body: text };
    } catch (error) {
      return { ms: performance.now() - begun, as: { failure: String(error) }, body: '' };
    }
  }

  #connect(address: string): Connection {
    const connection = new Connection(this.#url, address);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
    return connection;
  }

  #idleOf(address: string): Connection[] {
    const idle = this.#idle.get(address) ?? [];
    this.#idle.set(address, idle);
    return idle;
  }

  #takeIdle(address: string): Connection | undefined {
    const idle = this.#idleOf(address);
    let connection = idle.pop();
    while (connection && !connection.isOpen) connection = idle.pop();
    return connection;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(Array.from(this.#open, (connection) => connection.close()));
  }
}

/** Sends one request at a time. */
class Connection {
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  #waiting: PromiseWithResolvers<Response> | undefined;
  readonly closed: Promise<void>;

  constructor({ hostname, port }: URL, localAddress: string) {
    this.#socket = connect({ port: Number(port), host: hostname, localAddress }).setNoDelay();
    this.#socket.on('data', (data: Buffer) => {
      const response = this.#reader.read(data);
      if (response) this.#waiting?.resolve(response);
    });
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.closed = new Promise((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.once('close', () => this.#waiting?.reject(new Error('The connection was closed.')));
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** @throws Error of the connection */
  send(request: string): Promise<Response> {
    this.#waiting = Promise.withResolvers();
    this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): Promise<void> {
    this.#socket.destroy();
    return this.closed;
  }
}

function kindOf(status: number, head: string, text: string): Outcome['as'] {
  if ((status === 429 || status === 503) && /^retry-after:/im.test(head)) return 'refused';
  if (status === 200 && text.startsWith('{"data":{') && !text.includes('"errors"')) return 'served';
  return { failure: `${status} ${text.slice(0, 200)}` };
}

/** Sends at a rate, whatever becomes of what was sent before ("open loop"). */
export async function sendAtRate(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  send: (index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Promise<Outcome>[] = [];
  const begun = performance.now();
  for (let sent = 0; sent < perSecond * seconds; ) {
    const due = Math.min(perSecond * seconds, ((performance.now() - begun) * perSecond) / 1000);
    for (; sent < due; sent += 1) outcomes.push(send(sent));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return await Promise.all(outcomes);
}
