import { withCode } from '@airline/service/server';
import { GraphQLError } from 'graphql';

export interface AllowanceLimits {
  /** Of what subgraphs return for one operation; of its response. */
  readonly bytes: number;
  /** Of what subgraphs return; as many lists. */
  readonly objects: number;
}

/** What ends early when an operation has had too much. */
interface Stoppable {
  stop(): void;
}

/** What one operation may still receive from subgraphs. Once it is exceeded, its fetches end and no other begins. */
export class Allowance {
  readonly limits: AllowanceLimits;
  #bytes = 0;
  #objects = 0;
  #lists = 0;
  #isExceeded = false;
  readonly #fetches = new Set<Stoppable>();

  constructor(limits: AllowanceLimits) {
    this.limits = limits;
  }

  get isExceeded(): boolean {
    return this.#isExceeded;
  }

  add(fetch: Stoppable): void {
    this.#fetches.add(fetch);
  }

  remove(fetch: Stoppable): void {
    this.#fetches.delete(fetch);
  }

  receive(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limits.bytes) this.#exceed();
  }

  /** Objects and lists, which take as much memory, are counted by their brackets, once there may be too many of them. */
  read(text: string): void {
    const { objects } = this.limits;
    if (this.#bytes < 2 * objects) return;
    this.#objects += countOf('{', text);
    this.#lists += countOf('[', text);
    if (this.#objects > objects || this.#lists > objects) this.#exceed();
  }

  #exceed(): void {
    this.#isExceeded = true;
    for (const fetch of this.#fetches) fetch.stop();
  }
}

function countOf(bracket: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) count += 1;
  return count;
}

/** The error of an operation whose response would be, or whose subgraphs have returned, too much. */
export const responseTooLarge = ({ bytes, objects }: AllowanceLimits): GraphQLError =>
  withCode(
    new GraphQLError(
      `The response is too large: at most ${bytes} bytes and ${objects} objects are fetched or sent. Ask for shorter pages or fewer fields.`,
    ),
    'RESPONSE_TOO_LARGE',
  );

export const isTooLarge = (error: unknown): error is GraphQLError =>
  error instanceof GraphQLError && error.extensions.code === 'RESPONSE_TOO_LARGE';
