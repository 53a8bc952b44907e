import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ProtocolCode } from '../errors/errors.ts';
import type { WorkLimits } from '../limits/limits.ts';

/**
 * The work that one request causes in a subgraph: what it has resolved and read so far, against the limits. It is stopped by a
 * limit, by the request's deadline or by the end of its connection; then nothing more is resolved or read for it. A
 * transaction that has begun is not affected.
 */
export class RequestWork {
  readonly limits: WorkLimits;
  readonly #aborting = new AbortController();
  /** What is thrown: graphql-js takes an error with a path as it is, and need not make another one for each field. */
  #thrown: GraphQLError | undefined;
  #values = 0;
  #characters = 0;
  #rows = 0;
  #counts = 0;

  constructor(limits: WorkLimits) {
    this.limits = limits;
  }

  /** Aborts when it is stopped, with the error that is thrown then. */
  get signal(): AbortSignal {
    return this.#aborting.signal;
  }

  /** Why it was stopped; undefined when it was not. */
  get fault(): GraphQLFormattedError | undefined {
    if (!this.#thrown) return undefined;
    const { message, extensions } = this.#thrown;
    return { message, extensions };
  }

  stop(code: ProtocolCode, message: string): void {
    if (this.#thrown) return;
    this.#thrown = new GraphQLError(message, { path: [], extensions: { code } });
    this.#aborting.abort(this.#thrown);
  }

  /** @throws GraphQLError once it is stopped */
  check(): void {
    if (this.#thrown) throw this.#thrown;
  }

  /**
   * Counts values of the response: fields, and items of lists.
   * @throws GraphQLError
   */
  addValues(count: number): void {
    this.#values += count;
    if (this.#values > this.limits.responseValues) {
      this.#tooLarge(`The response may have at most ${this.limits.responseValues} values of this subgraph`);
    }
    this.check();
  }

  /** @throws GraphQLError */
  addCharacters(count: number): void {
    this.#characters += count;
    if (this.#characters > this.limits.responseCharacters) {
      this.#tooLarge(`The response may have at most ${this.limits.responseCharacters} characters of texts`);
    }
    this.check();
  }

  /** @throws GraphQLError */
  addRows(count: number): void {
    this.#rows += count;
    if (this.#rows > this.limits.rows) this.#tooLarge(`A request may read at most ${this.limits.rows} rows`);
    this.check();
  }

  /** @throws GraphQLError */
  addCount(): void {
    this.#counts += 1;
    if (this.#counts > this.limits.counts) {
      this.#tooLarge(`A request may select at most ${this.limits.counts} different values of totalCount`);
    }
    this.check();
  }

  #tooLarge(limit: string): void {
    this.stop('RESPONSE_TOO_LARGE', `${limit}: ask for smaller pages, or in several requests.`);
  }
}
