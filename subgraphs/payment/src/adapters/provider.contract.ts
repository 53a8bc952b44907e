import type { Env } from '@airline/service';
import { describe, expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { createProvider } from './index.ts';
import type { PaymentProvider } from './provider.ts';
import { expectAttempts } from './provider-contract/attempts.contract.ts';
import { everyFault, type Fault, faults, type Place, places } from './provider-contract/faults.contract.ts';
import { restarted } from './provider-contract/restarted.contract.ts';
import { currencies, expectSent } from './provider-contract/sent.contract.ts';
import {
  elsewhere,
  otherSlash,
  type Settings,
  settingChecks,
} from './provider-contract/settings.contract.ts';
import {
  ANOTHER,
  charging,
  expectAbortable,
  expectBooks,
  failureOf,
  moveEach,
  refunding,
  type Standing,
  type Subject,
} from './provider-contract/subject.contract.ts';

export { type Fault, faults, type Place } from './provider-contract/faults.contract.ts';
export type { Move, Subject } from './provider-contract/subject.contract.ts';

/**
 * A provider by its variables, whose URL is that of a stand-in: a local server with books of its own, fresh for each check and closed by
 * `onTestFinished`. A thread calls it, too, without what a test replaces, such as `fetch`. Each fault is done at a path of its own, such
 * as `/busy/moves`; but for `away` at every request, for which the URL has the port of a server that was closed, and `declining`, which replies as the
 * provider itself declines a charge or a refund. An adapter throws a ProviderError for a refund that is declined.
 */
export interface ProviderUnderTest extends Standing {
  /** Its environment variables, beside PAYMENT_PROVIDER. */
  readonly variables: Env;
  /** The same with a fault of `faults`, at every request or at those alone that move money. */
  readonly faulty: (fault: Fault, at: Place) => Env;
}

type Check = (subject: Subject) => Promise<void>;

const where = (at: Place) => (at === 'moves' ? ', where it moves money alone' : '');

const faultChecks = everyFault
  // Only an abort ends the one; the other is an outcome of a charge.
  .filter(({ fault }) => fault !== 'unresponsive' && fault !== 'declining')
  .map(({ fault, at }): [string, Check] => [
    `a call is no outcome where the provider is so: ${fault}${where(at)}`,
    async (subject) => {
      const { provider, faulty, accepted } = subject;
      const charged = await failureOf(faulty(fault, at).charge(charging(accepted)), subject);
      expect(await provider.charge(charging(accepted))).toBe('PAID');
      await expectBooks(subject, ['charge']);
      const refunded = await failureOf(faulty(fault, at).refund(refunding(accepted)), subject);
      await provider.refund(refunding(accepted));
      await expectBooks(subject, ['charge', 'refund']);
      // Of a charge that is UNAVAILABLE, nobody asks for the money back.
      const codes = [charged.code, refunded.code];
      if (faults[fault].isDone) expect(codes, 'it may be done').toEqual(['UNKNOWN', 'UNKNOWN']);
      if (fault === 'away' && at === 'every request')
        expect(codes, 'no connection can be made').toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
      if (at === 'moves') await expectAttempts(subject, faults[fault].isDone);
    },
  ]);

const abortChecks = places.flatMap((at): [string, Check][] => [
  [
    `a charge that is aborted while in flight rejects${where(at)}`,
    async (subject) => {
      const call = (signal: AbortSignal) =>
        subject.faulty('unresponsive', at).charge({ ...charging(subject.accepted), signal });
      await expectAbortable(subject, call, at === 'moves' ? ['charge'] : []);
    },
  ],
  [
    `a refund that is aborted while in flight rejects${where(at)}`,
    async (subject) => {
      if (subject.books !== 'none') await subject.provider.charge(charging(subject.accepted));
      const call = (signal: AbortSignal) =>
        subject.faulty('unresponsive', at).refund({ ...refunding(subject.accepted), signal });
      await expectAbortable(subject, call, at === 'moves' ? ['charge', 'refund'] : []);
    },
  ],
]);

/** More than are pinned: an adapter that knows the decimals of those alone is found. HUF has two in ISO 4217 and none here. */
const currencyChecks = [...currencies, 'JPY', 'BHD', 'HUF'].map((currency): [string, Check] => [
  `an amount is in its currency and its unit: ${currency}`,
  async (subject) => {
    expect(subject.accepted % 10, '`accepted` is a multiple of ten, which hides rounding').not.toBe(0);
    const amounts = await moveEach(subject, currency);
    const kinds = amounts.flatMap(() => ['charge', 'refund'] as const);
    await expectBooks(subject, kinds, currency, amounts);
  },
]);

const sentChecks = currencies.map((currency): [string, Check] => [
  `what is sent is what each release has sent: ${currency}`,
  async (subject) => {
    await moveEach(subject, currency);
    await expectSent(subject, currency);
  },
]);

/** What holds for each provider, by name. */
export const checks: Readonly<Record<string, Check>> = {
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
  'a refund that is declined is no refund': async (subject) => {
    // The simulated one declines none.
    if (subject.books === 'none') return;
    const { provider, faulty, accepted } = subject;
    const declining = faulty('declining', 'moves');
    const another = await declining.charge(charging(accepted, 'EUR', ANOTHER));
    expect(another, 'a charge, where the stand-in is declining').toBe('DECLINED');
    await provider.charge(charging(accepted));
    await failureOf(declining.refund(refunding(accepted)), subject);
    await expectBooks(subject, ['charge']);
  },
  'a charge is refunded after a restart': async (subject) => {
    const { provider, restarted, accepted } = subject;
    await provider.charge(charging(accepted));
    expect(await restarted.refund(refunding(accepted))).toBeUndefined();
    await expectBooks(subject, ['charge', 'refund']);
  },
  'a charge that is repeated after a restart is the same': async (subject) => {
    const { provider, restarted, accepted } = subject;
    await provider.charge(charging(accepted));
    expect(await restarted.charge(charging(accepted))).toBe('PAID');
    await expectBooks(subject, ['charge']);
  },
  'of two charges whose keys differ at the end, each is made, and the one meant given back': async (
    subject,
  ) => {
    const { provider, accepted } = subject;
    expect(await provider.charge(charging(accepted))).toBe('PAID');
    expect(await provider.charge(charging(accepted, 'EUR', ANOTHER))).toBe('PAID');
    await provider.refund(refunding(accepted, 'EUR', ANOTHER));
    await expectBooks(subject, ['charge', 'charge', 'refund']);
  },
  'a slash at the end of its URL changes nothing': async (subject) => {
    const { slashed, accepted } = subject;
    expect(await slashed.charge(charging(accepted))).toBe('PAID');
    await slashed.refund(refunding(accepted));
    await expectBooks(subject, ['charge', 'refund']);
  },
  'a stand-in has its own paths alone, else it hides a wrong one': async (subject) => {
    if (!subject.elsewhere) return;
    await failureOf(subject.elsewhere.charge(charging(subject.accepted)), subject);
    await expectBooks(subject, []);
  },
  'an aborted call rejects, so that it is retried under its key': async ({ provider, accepted }) => {
    const signal = AbortSignal.abort();
    await expect(provider.charge({ ...charging(accepted), signal })).rejects.toThrow();
    await expect(provider.refund({ ...refunding(accepted), signal })).rejects.toThrow();
  },
  ...Object.fromEntries([...currencyChecks, ...sentChecks, ...abortChecks, ...faultChecks]),
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
  const read = (variables: Env) => subgraph.readConfig({ PAYMENT_PROVIDER: name, ...variables });
  const create = (config: ReturnType<typeof read>) => createProvider(config, () => 0);
  const made = (variables: Env): PaymentProvider => create(read(variables));
  const open = async (): Promise<Subject> => {
    const { variables, faulty, ...standing } = await start();
    const nowhere = elsewhere(variables);
    return {
      ...standing,
      provider: made(variables),
      restarted: restarted(import.meta.resolve('./index.ts'), read(variables)),
      slashed: made(otherSlash(variables)),
      elsewhere: nowhere && made(nowhere),
      faulty: (fault, at) => made(faulty(fault, at)),
    };
  };
  const settings = async (): Promise<Settings<ReturnType<typeof read>>> => {
    const { variables, faulty, secrets } = await start();
    const whereFaulty = everyFault.map(({ fault, at }) => faulty(fault, at));
    return { name, shape: subgraph.variables, read, create, variables, faulty: whereFaulty, secrets };
  };
  describe(`the payment provider ${name}`, () => {
    test.each(Object.entries(checks))('%s', async (_name, check) => {
      expect(await check(await open())).toBeUndefined();
    });
    test.each(Object.entries(settingChecks))('%s', async (_name, check) => {
      expect(check(await settings())).toBeUndefined();
    });
  });
}
