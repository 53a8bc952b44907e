/** What a charge or a refund is asked with. The same key again is the same charge or refund, never a second one. */
export interface ProviderRequest {
  readonly idempotencyKey: string;
  /** In the smallest unit of the currency. */
  readonly amount: number;
  /** Fires when the asker has waited long enough; the result is unknown then. */
  readonly signal: AbortSignal;
}

/** Whoever moves the money. Both calls are idempotent by their key. */
export interface PaymentProvider {
  /** @throws ProviderError */
  charge(request: ProviderRequest): Promise<'PAID' | 'DECLINED'>;
  /** @throws ProviderError */
  refund(request: ProviderRequest): Promise<void>;
}

/**
 * The provider gave no answer: `UNAVAILABLE` when nothing was done, `UNKNOWN` when the money may have moved.
 * Either way the same is asked again with the same key.
 */
export class ProviderError extends Error {
  override name = 'ProviderError';
  readonly code: 'UNAVAILABLE' | 'UNKNOWN';

  constructor(code: 'UNAVAILABLE' | 'UNKNOWN', message: string) {
    super(message);
    this.code = code;
  }
}
