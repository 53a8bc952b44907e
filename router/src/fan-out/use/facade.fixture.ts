import { everyone } from '@airline/service/server';
import { getOperationAST, parse } from 'graphql';
import { Admission, type AdmissionLimits } from '../../admission/admission.ts';
import { UNLIMITED } from '../../admission/unlimited.fixture.ts';
import type { Clock } from '../../clock.ts';
import { authorityOf, type Client, type Runnable } from '../../request.ts';
import type { Subscriptions } from '../subscriptions.ts';
import type { PlannedSubscription } from '../types.ts';
import type { Facade } from './facade.ts';

export interface FacadeOptions {
  readonly admission?: Partial<AdmissionLimits>;
  /** Refusals are sent at once by default. */
  readonly hold?: Facade['hold'];
  /** Each operation waits for it before it is prepared. */
  readonly preparing?: (query: string) => Promise<void>;
  /** Each query and mutation waits for it before it has its result. */
  readonly executing?: (signal: AbortSignal) => Promise<void>;
}

/** An operation and on whose behalf it runs. */
interface Prepared extends Runnable {
  readonly operationName: string | undefined;
  readonly client: Client;
}

const REFUSED = { status: 400, errors: [{ message: 'refused', extensions: { code: 'BAD_USER_INPUT' } }] };
const FORBIDDEN = { status: 401, errors: [{ message: 'who?', extensions: { code: 'UNAUTHENTICATED' } }] };
export const SUBSCRIBE = 'subscription { numbers }';

/**
 * A facade over real sharing. A selection `refused` is refused, mutations count; credentials `invalid` are refused, and `brief` ones
 * expire.
 */
export function createFacade(
  options: FacadeOptions,
  subscriptions: Subscriptions<PlannedSubscription>,
  clock: Clock,
) {
  const authorities: string[] = [];
  let mutations = 0;
  const admission = new Admission({
    limits: { ...UNLIMITED, ...options.admission },
    costLimit: 1e6,
    lagMs: () => 0,
    clock,
  });
  const facade: Facade<Prepared> = {
    identify: async (request, { authorization } = request.headers) => {
      if (authorization === 'invalid') return FORBIDDEN;
      authorities.push(String(authorization));
      const expiresAt = authorization === 'brief' ? 1_000 : undefined;
      return { authority: authorityOf(everyone, expiresAt), source: 'test', forwarded: {} };
    },
    admit: (source) => admission.enter(source),
    hold: options.hold ?? (() => undefined),
    prepare: async ({ query, operationName }, client) => {
      await options.preparing?.(query ?? '');
      const document = parse(query ?? '');
      const operation = getOperationAST(document, operationName);
      if (!operation || query?.includes('refused')) return REFUSED;
      return {
        type: operation.operation,
        operationName: operation.name?.value,
        client,
        cost: 1,
        planned: document,
      };
    },
    execute: async ({ type, operationName }, signal) => {
      if (type === 'mutation') mutations += 1;
      await options.executing?.(signal);
      return { data: { done: operationName ?? type } };
    },
    subscribe: ({ client }, connection) => {
      const primary = { subgraph: 'numbers', query: SUBSCRIBE, variables: {} };
      const execute: PlannedSubscription['execute'] = async ({ data }) => ({ data: data ?? null });
      return subscriptions.subscribe(
        { key: SUBSCRIBE, cost: 1, weight: 1, variables: {}, primary, execute },
        { client, connection },
      );
    },
  };
  return { facade, authorities, mutations: () => mutations };
}
