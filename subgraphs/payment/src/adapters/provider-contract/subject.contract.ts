import { inspect } from 'node:util';
import { until } from '@airline/testing';
import { expect } from 'vitest';
import { chargeKeyOf, refundKeyOf } from '../../domain/model.ts';
import {
  type PaymentProvider,
  ProviderError,
  type ProviderRequest,
  type RefundRequest,
} from '../provider.ts';
import type { Fault, Place } from './faults.contract.ts';
import type { Currency, Sent } from './sent.contract.ts';

/** Money that has moved, by the provider's own books. */
export interface Move {
  readonly kind: 'charge' | 'refund';
  /** In the smallest unit of the currency. */
  readonly amount: number;
  readonly currency: string;
  /** The provider's own name of the charge that it is, or gives back. */
  readonly charge: string;
  readonly sent: Sent;
}

/** What the contract asks of a provider, or of a stand-in for it: all that `start` returns at once has the same books, empty at first. */
export interface Standing {
  /** An amount that it accepts, which is no multiple of ten, so that rounding shows; and one that it declines. It accepts `AMOUNTS`, too. */
  readonly accepted: number;
  readonly declined: number;
  /** All moves, in order; `none` for the simulated one, which moves no money. */
  readonly books: (() => readonly Move[] | Promise<readonly Move[]>) | 'none';
  /** How many requests to move money it has had, also those that have failed; nothing asks for it without books. */
  readonly attempts: () => number | Promise<number>;
  /**
   * What its first release has sent for a charge and its refund; nothing without books. Begin with `{}`: the contract says what it is. A
   * later change of a key, or of how an amount is written, charges twice what is under way.
   */
  readonly sent: Readonly<Partial<Record<Currency, readonly Sent[]>>>;
  /** What no error may reveal: every secret of its variables, also of those with which it is faulty. */
  readonly secrets: readonly string[];
}

export interface Subject extends Standing {
  readonly provider: PaymentProvider;
  /** Made from the same variables, by another process: nothing of this one's memory is there. */
  readonly restarted: PaymentProvider;
  /** Made with a slash at the end of its URL, or without where the variables have one. */
  readonly slashed: PaymentProvider;
  /** Made with a path that the provider does not have; undefined where no variable is a URL. */
  readonly elsewhere: PaymentProvider | undefined;
  readonly faulty: (fault: Fault, at: Place) => PaymentProvider;
}

const RESERVATION = '019a0c1e-5d00-7a3b-8f21-4c9d0e6b7a10';
/** Alike but for the end, as ids of one moment are. */
export const ANOTHER = '019a0c1e-5d00-7a3b-8f21-4c9d0e6b7a11';

const request = (idempotencyKey: string, amount: number, currency = 'EUR') => ({
  idempotencyKey,
  amount,
  currency,
  signal: AbortSignal.timeout(10_000),
});

export const charging = (amount: number, currency?: string, of = RESERVATION): ProviderRequest =>
  request(chargeKeyOf(of), amount, currency);

export const refunding = (amount: number, currency?: string, of = RESERVATION): RefundRequest => ({
  ...request(refundKeyOf(of), amount, currency),
  chargeKey: chargeKeyOf(of),
});

/** What shows how an amount is written: less than one of the unit, a zero at the end, thousands. */
export const AMOUNTS = [5, 1250, 12_345_678] as const;

/** Charges and gives back `accepted` and AMOUNTS, each for a reservation of its own. */
export async function moveEach({ provider, accepted }: Subject, currency: string): Promise<number[]> {
  const amounts = [accepted, ...AMOUNTS];
  for (const [index, amount] of amounts.entries()) {
    const of = `${RESERVATION.slice(0, -1)}${index}`;
    const outcome = await provider.charge(charging(amount, currency, of));
    expect(outcome, `a charge of ${amount}, which the stand-in is to accept, in ${currency}`).toBe('PAID');
    await provider.refund(refunding(amount, currency, of));
  }
  return amounts;
}

/** Each charge of `expected` is another one, of `accepted` or the next of `amounts`; a refund is of the last one before it. */
export async function expectBooks(
  { books, accepted }: Subject,
  expected: readonly Move['kind'][],
  currency = 'EUR',
  amounts: readonly number[] = [],
): Promise<void> {
  if (books === 'none') return;
  const moved = await books();
  const names = [...new Set(moved.map(({ charge }) => charge))];
  const moves = expected.map((kind, index) => {
    const last = expected.slice(0, index + 1).filter((each) => each === 'charge').length - 1;
    return { kind, amount: amounts[last] ?? accepted, currency, charge: names[last] };
  });
  expect(
    moved.map(({ sent: _, ...move }) => move),
    'money that has moved, by kind, amount, currency, charge and number',
  ).toEqual(moves);
}

/** @returns the error with which a call ends, which is to be one that the service knows, and without secrets */
export async function failureOf(call: Promise<unknown>, { secrets }: Subject): Promise<ProviderError> {
  const ended = await call.then(
    (result) => result ?? 'refunded',
    (error: unknown) => error,
  );
  expect(ended, 'a call without a result ends with a ProviderError').toBeInstanceOf(ProviderError);
  for (const secret of secrets) expect(inspect(ended), 'what an error reveals').not.toContain(secret);
  // As was just found.
  return ended as ProviderError;
}

const HOPELESS_MS = 5_000;

/** Aborts a call that never ends by itself: at once; or where money has moved, once the books have the last of `moves`. */
export async function expectAbortable(
  { books }: Subject,
  call: (signal: AbortSignal) => Promise<unknown>,
  moves: readonly Move['kind'][],
): Promise<void> {
  const aborting = new AbortController();
  let isEnded = false;
  const ended = call(aborting.signal).then(
    () => Promise.reject(new Error('It has a result though it was aborted.')),
    () => {
      isEnded = true;
    },
  );
  const begun = async () => {
    if (books === 'none' || moves.length === 0) return;
    await until('the request moves money', async () => isEnded || (await books()).length === moves.length);
    expect(isEnded, 'it ends before it is aborted').toBe(false);
  };
  await Promise.race([begun(), ended.then(begun)]);
  aborting.abort();
  const { promise: hopeless, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error('It does not end when its signal is aborted: pass `signal` on.')),
    HOPELESS_MS,
  );
  await Promise.race([ended, hopeless]).finally(() => clearTimeout(timer));
}
