/** A charge or a refund. A repeated key is the same charge or refund, never a second one. */
export interface ProviderRequest {
  /** `charge:` or `refund:` and a UUID. What is sent in its place, where it has another form, follows from it alone, in each release. */
  readonly idempotencyKey: string;
  /** In the smallest unit of the currency, with the decimals that `Intl` knows it by, as on the pages. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  /** Aborts on timeout; the result is then unknown. */
  readonly signal: AbortSignal;
}

export interface RefundRequest extends ProviderRequest {
  /**
   * The key of the charge whose amount is given back. An id that the provider has given the charge is found again by it, and not kept
   * in memory: another process may refund what this one has charged.
   */
  readonly chargeKey: string;
}

/** Charges and refunds amounts. Both calls are idempotent by their key. */
export interface PaymentProvider {
  /** @throws ProviderError */
  charge(request: ProviderRequest): Promise<'PAID' | 'DECLINED'>;
  /** @throws ProviderError */
  refund(request: RefundRequest): Promise<void>;
}

/**
 * The provider returned no result: `UNAVAILABLE` when nothing was done for sure, such as where no connection could be made;
 * `UNKNOWN` when the amount may have been charged or refunded, as by a timeout, a lost reply, a status of 500 and above, one that
 * says that it may take a while (202) or that the key is at work already (409, which may also mean that it was used with another
 * amount), or a reply without an outcome or of another payment. Neither is a decline, nor is to be asked too often (429). The
 * call is made again with the same key; that with a wrong token, too, until it is right. A `Retry-After` cannot be told: it is
 * after 50 ms, doubled up to 10 s, with jitter. What is `UNAVAILABLE` though money has moved is lost to the customer: a charge
 * whose reservation is canceled then is withdrawn. Its message must not hold secrets, which errors of HTTP clients may.
 */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly code: 'UNAVAILABLE' | 'UNKNOWN';

  constructor(code: 'UNAVAILABLE' | 'UNKNOWN', message: string) {
    super(message);
    this.code = code;
  }
}
