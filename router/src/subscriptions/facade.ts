import { requestIdOf } from '@airline/service/server';
import type { Admission } from '../admission/admission.ts';
import type { HeldRefusals } from '../admission/held-refusals.ts';
import { type Facade, type Subscriptions, startOptions } from '../fan-out/index.ts';
import type { Identify } from '../pipeline/identify.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Prepared } from '../pipeline/prepared.ts';
import { isRefused } from '../refusal.ts';
import { type LiveSubscription, planSubscription } from './plan-subscription.ts';

export interface FacadeOptions {
  readonly identify: Identify;
  readonly admit: Admission['enter'];
  readonly hold: HeldRefusals['hold'];
  readonly pipeline: Pipeline;
  readonly subscriptions: Subscriptions<LiveSubscription>;
  readonly requestId: () => string;
}

/** The pipeline as the transports of subscriptions see it. */
export function createFacade(options: FacadeOptions): Facade<Prepared> {
  const { identify, admit, hold, pipeline, subscriptions, requestId } = options;
  return {
    identify: async (request, headers = request.headers) =>
      await identify(request, requestIdOf(headers['x-request-id'], requestId), headers),
    admit,
    hold,
    prepare: pipeline.prepare,
    execute: (prepared, signal) => pipeline.execute(prepared, undefined, signal),
    subscribe: (prepared, connection) => {
      const start = startOptions(prepared.extensions);
      if (isRefused(start)) return start;
      const { client } = prepared;
      return subscriptions.subscribe(planSubscription(prepared, pipeline), { ...start, client, connection });
    },
  };
}
