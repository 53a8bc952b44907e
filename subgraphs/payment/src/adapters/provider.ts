/** A charge or a refund. A repeated key is the same charge or refund, never a second one. */
export interface ProviderRequest {
  /** `charge:` or `refund:` and a UUID. What is sent in its place, where it has another form, follows from it alone, in each release. */
  readonly idempotencyKey: string;
  /**
   * In the smallest unit of the currency, with the decimals that `Intl` knows it by, as on the pages. ISO 4217 has more of them for some,
   * such as HUF, IDR and PKR, whose "minor units" are a hundredth of it.
   */
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
 * The provider returned no result, so that the call is made again with the same key: after 50 ms, doubled up to 10 s, with jitter,
 * whatever a `Retry-After` says.
 *
 * - `UNAVAILABLE`: nothing was done for sure, as where no connection could be made. A charge whose reservation is canceled then is
 *   withdrawn, and what it has moved all the same is lost to the customer.
 * - `UNKNOWN`: all else, of which the amount may have been charged or refunded: a timeout, a lost reply, a status of 500 and above, a
 *   redirect, one that says that it may take a while (202) or that the key is at work (409, also where it was used with another amount),
 *   and a reply without an outcome or of another payment. So is what is the service's own fault, until that is mended: a wrong token
 *   (401, 403), a wrong request (400, 404), too many of them (429). None of these is a decline.
 *
 * Its message must not hold secrets, which errors of HTTP clients may.
 */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly code: 'UNAVAILABLE' | 'UNKNOWN';

  constructor(code: 'UNAVAILABLE' | 'UNKNOWN', message: string) {
    super(message);
    this.code = code;
  }
}
