/** A charge or a refund. A repeated key is the same charge or refund, never a second one. */
export interface ProviderRequest {
  readonly idempotencyKey: string;
  /** In the smallest unit of the currency. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  /** Aborts on timeout; the result is then unknown. */
  readonly signal: AbortSignal;
}

/** Charges and refunds amounts. Both calls are idempotent by their key. */
export interface PaymentProvider {
  /** @throws ProviderError */
  charge(request: ProviderRequest): Promise<'PAID' | 'DECLINED'>;
  /** @throws ProviderError */
  refund(request: ProviderRequest): Promise<void>;
}

/**
 * The provider returned no result: `UNAVAILABLE` when nothing was done, `UNKNOWN` when the amount may have been charged or
 * refunded. Either way the call is retried with the same key.
 */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly code: 'UNAVAILABLE' | 'UNKNOWN';

  constructor(code: 'UNAVAILABLE' | 'UNKNOWN', message: string) {
    super(message);
    this.code = code;
  }
}
