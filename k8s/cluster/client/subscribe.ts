import { setTimeout as wait } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

// Runs in the cluster: subscribers over WebSockets who follow all customers' counts, and resume from their last cursor when their
// connection ends, until the input ends. Its state is printed as a line of JSON twice a second, and at the end.

interface Options {
  readonly url: string;
  /** Prefix of the names of the customers who are watched; none of them books before every subscriber is live. */
  readonly run: string;
  /** The customer whose bookings only show that a subscriber listens. */
  readonly probe: string;
  readonly subscribers: number;
}

interface Info {
  readonly customerId: string;
  readonly flightCount: number;
  readonly canceledCount: number;
}

interface Message {
  readonly data?: { readonly customerInfoUpdated: Info } | null;
  readonly errors?: readonly unknown[];
  readonly extensions?: { readonly cursor?: string };
}

const QUERY = 'subscription { customerInfoUpdated { customerId flightCount canceledCount } }';

const { url, run, probe, subscribers }: Options = JSON.parse(process.argv[2] ?? '');
const webSocketUrl = url.replace(/^http/, 'ws');
let isOver = false;

class Subscriber {
  readonly counts: Record<string, number> = {};
  readonly faults: string[] = [];
  isLive = false;
  events = 0;
  /** How often its connection ended, and how often it did not get another one at once. */
  resumed = 0;
  refused = 0;
  #cursor: string | undefined;
  #client: Client | undefined;

  async run(): Promise<void> {
    for (;;) {
      const before = this.events;
      const wasConnected = await this.#connection();
      if (isOver) return;
      if (wasConnected) this.resumed += 1;
      else this.refused += 1;
      // A router that refuses connections is not flooded with them.
      if (this.events === before) await wait(100);
    }
  }

  end(): void {
    void this.#client?.dispose();
  }

  /** Subscribes from the last cursor until the connection ends; returns whether there was one. */
  async #connection(): Promise<boolean> {
    let wasConnected = false;
    const on = {
      connected: () => {
        wasConnected = true;
      },
    };
    const client = createClient({
      url: webSocketUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazy: true,
      on,
    });
    this.#client = client;
    const extensions = this.#cursor === undefined ? {} : { extensions: { cursor: this.#cursor } };
    await new Promise<void>((resolve) => {
      client.subscribe(
        { query: QUERY, ...extensions },
        {
          // graphql-ws knows neither the query nor the cursor in `extensions`.
          next: (message) => this.#receive(message as Message),
          error: (error) => {
            // Errors of the subscription itself come as a list; how a connection ended does not.
            if (Array.isArray(error)) this.faults.push(`it was ended: ${JSON.stringify(error)}`);
            resolve();
          },
          complete: resolve,
        },
      );
    });
    await client.dispose();
    return wasConnected;
  }

  #receive({ data, errors, extensions }: Message): void {
    if (errors || !data) return void this.faults.push(`an event came with errors: ${JSON.stringify(errors)}`);
    this.#cursor = extensions?.cursor ?? this.#cursor;
    this.events += 1;
    const { customerId, flightCount, canceledCount } = data.customerInfoUpdated;
    if (customerId === probe) this.isLive = true;
    if (!customerId.startsWith(run)) return;
    // Each event counts one reservation more, or one that is canceled.
    const before = this.counts[customerId] ?? 0;
    const now = flightCount + canceledCount;
    if (now !== before + 1) this.faults.push(`${customerId}: ${now} after ${before}`);
    this.counts[customerId] = now;
  }
}

const all = Array.from({ length: subscribers }, () => new Subscriber());
const print = () => {
  const lines = all.map(({ counts, faults, isLive, events, resumed, refused }) => {
    return { counts, faults: faults.slice(0, 20), isLive, events, resumed, refused };
  });
  process.stdout.write(`${JSON.stringify(lines)}\n`);
};
const progress = setInterval(print, 500);
process.stdin.on('end', () => {
  isOver = true;
  for (const subscriber of all) subscriber.end();
});
process.stdin.resume();
await Promise.all(all.map((subscriber) => subscriber.run()));
clearInterval(progress);
print();
