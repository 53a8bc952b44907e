import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { type PaymentProvider, ProviderError, type ProviderRequest } from '../provider.ts';
import { type Fault, faults, type Place } from './faults.contract.ts';
import { AMOUNTS, type Move, type Subject } from './subject.contract.ts';

export const SECRET = 'token-of-acme';
const ACCEPTED = 123;

const DECLINED = 124;

const SENT = [ACCEPTED, ...AMOUNTS].flatMap((amount, index) => [
  { key: `charge:019a0c1e-5d00-7a3b-8f21-4c9d0e6b7a1${index}`, amount: `${amount}` },
  { key: `refund:019a0c1e-5d00-7a3b-8f21-4c9d0e6b7a1${index}`, amount: `${amount}` },
]);

/** What a provider's API has: charges by their key, each with an id by which it is given back. */
export interface Api {
  find(key: string, signal: AbortSignal): Promise<string>;
  charge(request: AcmeRequest): Promise<'PAID' | 'DECLINED'>;
  refund(id: string, request: AcmeRequest): Promise<void>;
}
/** It takes an amount as a number and as a text. */
type AcmeRequest = Omit<ProviderRequest, 'amount'> & { readonly amount: number | string };

export function createApi(books: Map<string, Move>, fault?: Fault, at?: Place, attempted?: () => void): Api {
  async function reply<Result>(signal: AbortSignal, moves: boolean, effect: () => Result): Promise<Result> {
    await turn(undefined, { signal });
    if (moves) attempted?.();
    if (!fault || fault === 'declining' || (at === 'moves' && !moves)) return effect();
    const { isDone } = faults[fault];
    if (isDone) effect();
    if (fault === 'unresponsive') await wait(2 ** 31 - 1, undefined, { signal, ref: false });
    throw new ProviderError(isDone ? 'UNKNOWN' : 'UNAVAILABLE', `${fault} ${moves ? 'move' : 'lookup'}`);
  }
  const idOf = (key: string) => {
    const found = books.get(key)?.charge;
    if (found === undefined) throw new ProviderError('UNAVAILABLE', 'There is no such charge.');
    return found;
  };
  const moveOnce = (kind: Move['kind'], charge: string, { idempotencyKey: key, ...request }: AcmeRequest) => {
    const { amount, currency } = request;
    const move = { kind, amount: Number(amount), currency, charge, sent: { key, amount: String(amount) } };
    return books.has(key) || books.set(key, move);
  };
  return {
    find: (key, signal) => reply(signal, false, () => idOf(key)),
    charge: (request) =>
      reply(request.signal, true, () => {
        if (fault === 'declining' || Number(request.amount) === DECLINED) return 'DECLINED';
        moveOnce('charge', `id of ${request.idempotencyKey}`, request);
        return 'PAID';
      }),
    refund: (charge, request) =>
      reply(request.signal, true, () => {
        if (fault === 'declining') throw new ProviderError('UNAVAILABLE', 'The refund is declined.');
        moveOnce('refund', charge, request);
      }),
  };
}

/** An adapter as it should be. */
export const adapt = (api: Api): PaymentProvider => ({
  charge: (request) => api.charge(request),
  refund: async (request) => api.refund(await api.find(request.chargeKey, request.signal), request),
});

/** A provider with books, and an adapter for it, which may be mistaken. */
export function startAcme(
  adapter: (right: PaymentProvider, api: Api, url: string) => PaymentProvider = (right) => right,
): Subject {
  const books = new Map<string, Move>();
  let attempts = 0;
  const made = (fault?: Fault, at?: Place, url = 'https://acme.example/v1') => {
    const api = createApi(books, fault, at, () => {
      attempts += 1;
    });
    return adapter(adapt(api), api, url);
  };
  return {
    accepted: ACCEPTED,
    declined: DECLINED,
    books: () => [...books.values()],
    attempts: () => attempts,
    sent: { KRW: SENT, EUR: SENT, KWD: SENT },
    secrets: [SECRET],
    provider: made(),
    restarted: made(),
    slashed: made(undefined, undefined, 'https://acme.example/v1/'),
    elsewhere: made('missing', 'every request', 'https://acme.example/v1/elsewhere'),
    faulty: made,
  };
}
