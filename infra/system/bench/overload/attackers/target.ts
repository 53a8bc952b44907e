import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Pool } from 'undici';
import { WebSocket } from 'ws';

/** A hostile client. It attacks until its process ends, from one address. */
export interface Attacker {
  readonly name: string;
  /** What it gets if it attacks as it is meant to. */
  readonly gets: string;
  run(target: Target): Promise<void>;
}

/** Each has an address of its own, and with it a budget that no other has used. @param index of the attacker */
export const attackerAddress = (index: number): string => `127.2.0.${index + 1}`;

const CODE = /"code":"([A-Z_]+)"/;

type Body = Readonly<Record<string, unknown>>;

/** A system as one hostile client sees it. */
export class Target {
  /** What came of the requests so far: how many by status, code, or as what else it ended. */
  readonly got: Record<string, number> = {};
  readonly #url: URL;
  readonly #address: string;
  readonly #pool: Pool;

  constructor(url: string, address: string) {
    this.#url = new URL(url);
    this.#address = address;
    this.#pool = new Pool(this.#url.origin, { connections: 200, localAddress: address });
  }

  note(what: string | number, count = 1): void {
    this.got[what] = (this.got[what] ?? 0) + count;
  }

  /** @returns the response's text */
  async post(body: Body, accept = '*/*'): Promise<string> {
    try {
      const response = await this.#pool.request({
        path: '/graphql',
        method: 'POST',
        headers: { accept, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.body.text();
      this.note(CODE.exec(text)?.[1] ?? response.statusCode);
      return text;
    } catch {
      this.note('closed');
      return '';
    }
  }

  /** A POST as bytes. */
  request(body: Body, accept = '*/*'): string {
    const text = JSON.stringify(body);
    const headers = [
      'host: localhost',
      `accept: ${accept}`,
      'content-type: application/json',
      `content-length: ${text.length}`,
    ];
    return `POST /graphql HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${text}`;
  }

  /** @throws Error when it is refused */
  async connect(): Promise<Socket> {
    const { hostname: host, port } = this.#url;
    const socket = connect({ host, port: Number(port), localAddress: this.#address });
    await once(socket, 'connect');
    // What follows an error is `close`.
    socket.on('error', () => {});
    return socket;
  }

  /** A socket that is ready for operations. @throws Error when it is refused */
  async openSocket(): Promise<WebSocket> {
    const url = this.#url.href.replace('http', 'ws');
    const socket = new WebSocket(url, 'graphql-transport-ws', {
      localAddress: this.#address,
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    socket.on('error', () => {});
    socket.send('{"type":"connection_init"}');
    return socket;
  }
}

/** Does something again and again, so many times at once. What it throws is noted. */
export async function forever(
  target: Target,
  atOnce: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (;;) {
      next += 1;
      try {
        await work(next);
      } catch {
        target.note('refused connection');
        // Without others' turns nothing would ever arrive.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
