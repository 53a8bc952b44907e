import type { FastifyRequest } from 'fastify';
import { refusal } from '../errors/refusal.ts';
import { type Caller, everyone } from '../identity/caller.ts';
import { CALLER_HEADER, type Verified, type VerifyCaller } from '../identity/caller-token.ts';

/**
 * On whose behalf the requests to a server are: its token is verified before anything of a request is read, and its body is
 * compared before it is parsed. A request without a body has no caller, since nothing says that the router has sent it.
 */
export class RequestCallers {
  readonly #verify: VerifyCaller | undefined;
  readonly #verified = new WeakMap<FastifyRequest, Verified>();
  readonly #callers = new WeakMap<FastifyRequest, Caller>();

  /** @param verify undefined: anyone may ask, as `everyone`, but not on behalf of a caller */
  constructor(verify: VerifyCaller | undefined) {
    this.#verify = verify;
  }

  /** @throws HttpRefusal UNAUTHENTICATED without a token that is good, or with one that cannot be verified */
  verify(request: FastifyRequest): void {
    const token = request.headers[CALLER_HEADER];
    if (!this.#verify && token !== undefined) throw refusal.unverifiable();
    if (!this.#verify) return;
    const verified = this.#verify(token);
    if (!verified) throw refusal.unsigned();
    this.#verified.set(request, verified);
  }

  /** @throws HttpRefusal UNAUTHENTICATED when the token is for another body */
  cover(request: FastifyRequest, body: Buffer): void {
    if (!this.#verify) return;
    const verified = this.#verified.get(request);
    if (!verified?.covers(body)) throw refusal.unsigned();
    this.#callers.set(request, verified.caller);
  }

  /** @throws HttpRefusal UNAUTHENTICATED where the body was not covered */
  of(request: FastifyRequest): Caller {
    const caller = this.#verify ? this.#callers.get(request) : everyone;
    if (!caller) throw refusal.unsigned();
    return caller;
  }
}
