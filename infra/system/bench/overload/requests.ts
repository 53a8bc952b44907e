import { Pool } from 'undici';

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

/** Clients with an address each, by the header that the router believes. */
export class Clients implements AsyncDisposable {
  readonly #pool: Pool;

  constructor(url: string, connections: number) {
    this.#pool = new Pool(new URL(url).origin, { connections });
  }

  /** Those that are open. */
  get connections(): number {
    return this.#pool.stats.connected;
  }

  async send(address: string, wish: Wish): Promise<Outcome> {
    const begun = performance.now();
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', [ADDRESS_HEADER]: address },
        body: JSON.stringify(wish),
      });
      const text = await body.text();
      return {
        ms: performance.now() - begun,
        as: kindOf(statusCode, headers['retry-after'], text),
        body: text,
      };
    } catch (error) {
      return { ms: performance.now() - begun, as: { failure: String(error) }, body: '' };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }
}

export const ADDRESS_HEADER = 'x-forwarded-for';

function kindOf(status: number, retryAfter: unknown, text: string): Outcome['as'] {
  if ((status === 429 || status === 503) && retryAfter !== undefined) return 'refused';
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
