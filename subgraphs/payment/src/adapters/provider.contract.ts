import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { createProvider } from './index.ts';
import { type PaymentProvider, ProviderError } from './provider.ts';

type Variables = Readonly<Record<string, string>>;

/** Money that has moved, by the provider's own books. */
export interface Move {
  readonly kind: 'charge' | 'refund';
  readonly amount: number;
  readonly currency: string;
}

/**
 * It has done what it was asked for, and its reply is lost, is an error (500), says that it may take a while (202) or that the
 * key is at work already (409), or is a success (200) with a body that has no outcome, such as `{}`.
 */
const unknowns = ['reply lost', 'failing', 'pending', 'at work', 'no outcome'] as const;
/** Of these; or it is asked too often (429), does not know the caller (401), or nobody is there. */
export const faults = [...unknowns, 'busy', 'refusing', 'away'] as const;
export type Fault = (typeof faults)[number];

/** What the contract asks of a provider, or of a stand-in for it: all that `start` returns at once has the same books, empty at first. */
interface Standing {
  /** An amount that it accepts, and one that it declines. */
  readonly accepted: number;
  readonly declined: number;
  /** All moves, in order; `none` for the simulated one, which moves no money. */
  readonly books: (() => readonly Move[] | Promise<readonly Move[]>) | 'none';
  /** What no error may reveal: also the wrong token with which it is `refusing`. */
  readonly secrets: readonly string[];
}

export interface ProviderUnderTest extends Standing {
  /** Its environment variables, beside PAYMENT_PROVIDER. */
  readonly variables: Variables;
  /** The same where it does not respond at all, and with each fault. */
  readonly unresponsive: Variables;
  readonly faulty: Readonly<Record<Fault, Variables>>;
}

export interface Subject extends Standing {
  readonly provider: PaymentProvider;
  readonly unresponsive: PaymentProvider;
  readonly faulty: (fault: Fault) => PaymentProvider;
}

const request = (idempotencyKey: string, amount: number, currency = 'EUR') => ({
  idempotencyKey,
  amount,
  currency,
  signal: AbortSignal.timeout(10_000),
});
const charging = (amount: number, currency?: string) => request('charge:r1', amount, currency);
const refunding = (amount: number) => ({ ...request('refund:r1', amount), chargeKey: 'charge:r1' });

async function expectBooks(
  { books, accepted }: Subject,
  kinds: readonly Move['kind'][],
  currency = 'EUR',
): Promise<void> {
  if (books === 'none') return;
  const moves = kinds.map((kind) => ({ kind, amount: accepted, currency }));
  expect(await books(), 'money that has moved, by kind, amount, currency and number').toEqual(moves);
}

/** @returns the error with which a call ends, which is to be one that the service knows, and without secrets */
async function failureOf(call: Promise<unknown>, { secrets }: Subject): Promise<ProviderError> {
  const ended = await call.then(
    (result) => result ?? 'refunded',
    (error: unknown) => error,
  );
  expect(ended, 'a call without a result ends with a ProviderError').toBeInstanceOf(ProviderError);
  for (const secret of secrets) expect(inspect(ended), 'what an error reveals').not.toContain(secret);
  // As was just found.
  return ended as ProviderError;
}

/** Aborts a call that never ends by itself. */
async function expectAbortable(call: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const aborting = new AbortController();
  const hopeless = AbortSignal.timeout(5_000);
  const ended = new Promise((resolve, reject) => {
    call(aborting.signal).then(() => reject(new Error('It has a result though it was aborted.')), resolve);
    hopeless.onabort = () =>
      reject(new Error('It does not end when its signal is aborted: pass `signal` on.'));
  });
  aborting.abort();
  await ended;
}

const faultChecks = faults.map((fault): [string, (subject: Subject) => Promise<void>] => [
  `a call is no outcome where the provider is so: ${fault}`,
  async (subject) => {
    const { provider, faulty, accepted } = subject;
    const charged = await failureOf(faulty(fault).charge(charging(accepted)), subject);
    expect(await provider.charge(charging(accepted))).toBe('PAID');
    await expectBooks(subject, ['charge']);
    const refunded = await failureOf(faulty(fault).refund(refunding(accepted)), subject);
    await provider.refund(refunding(accepted));
    await expectBooks(subject, ['charge', 'refund']);
    // Of a charge that is UNAVAILABLE, nobody asks for the money back.
    const codes = [charged.code, refunded.code];
    if (unknowns.some((unknown) => unknown === fault))
      expect(codes, 'it may be done').toEqual(['UNKNOWN', 'UNKNOWN']);
  },
]);

/** What holds for each provider, by name. */
export const checks: Readonly<Record<string, (subject: Subject) => Promise<void>>> = {
  'a charge has the same outcome under the same key, in sequence and in parallel': async (subject) => {
    const charge = () => subject.provider.charge(charging(subject.accepted, 'KRW'));
    expect(await charge()).toBe('PAID');
    expect(await Promise.all([charge(), charge()])).toEqual(['PAID', 'PAID']);
    await expectBooks(subject, ['charge'], 'KRW');
  },
  'a declined charge is an outcome, not an error, and stays declined': async (subject) => {
    const charge = () => subject.provider.charge(charging(subject.declined));
    expect([await charge(), await charge()]).toEqual(['DECLINED', 'DECLINED']);
    await expectBooks(subject, []);
  },
  'a refund can be repeated under its key': async (subject) => {
    const { provider, accepted } = subject;
    await provider.charge(charging(accepted));
    const refund = () => provider.refund(refunding(accepted));
    expect([await refund(), await refund()]).toEqual([undefined, undefined]);
    await expectBooks(subject, ['charge', 'refund']);
  },
  'a refund of a charge that was never made is no refund': async (subject) => {
    // The simulated one does not know what it has charged.
    if (subject.books === 'none') return;
    await failureOf(subject.provider.refund(refunding(subject.accepted)), subject);
    await expectBooks(subject, []);
  },
  'an aborted call rejects, so that it is retried under its key': async ({ provider, accepted }) => {
    const signal = AbortSignal.abort();
    await expect(provider.charge({ ...charging(accepted), signal })).rejects.toThrow();
    await expect(provider.refund({ ...refunding(accepted), signal })).rejects.toThrow();
  },
  'a charge that is aborted while in flight rejects': async ({ unresponsive, accepted }) => {
    await expectAbortable((signal) => unresponsive.charge({ ...charging(accepted), signal }));
  },
  'a refund that is aborted while in flight rejects': async ({ unresponsive, accepted }) => {
    await expectAbortable((signal) => unresponsive.refund({ ...refunding(accepted), signal }));
  },
  ...Object.fromEntries(faultChecks),
};

/**
 * The contract of payment providers. Each is made as the service makes it, from its name and its variables, and run against a
 * stand-in for its provider, or the provider's sandbox.
 *
 * @param start is called for each check
 */
export function providerContract(
  name: string,
  start: () => ProviderUnderTest | Promise<ProviderUnderTest>,
): void {
  const made = (variables: Variables): PaymentProvider =>
    createProvider(subgraph.readConfig({ PAYMENT_PROVIDER: name, ...variables }), () => 0);
  const open = async (): Promise<Subject> => {
    const { variables, unresponsive, faulty, ...standing } = await start();
    return {
      ...standing,
      provider: made(variables),
      unresponsive: made(unresponsive),
      faulty: (fault) => made(faulty[fault]),
    };
  };
  describe(`the payment provider ${name}`, () => {
    test.each(Object.entries(checks))('%s', async (_name, check) => await check(await open()));
  });
}
