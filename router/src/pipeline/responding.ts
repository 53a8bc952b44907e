import { internalError, type SubgraphResult } from '@airline/service/server';
import type { Execution, Executor, RawResult } from '../executor/execution.ts';
import { type Outline, RequestTimes } from '../executor/outline.ts';
import type { OperationResult } from '../request.ts';
import { Allowance, type AllowanceLimits, isTooLarge, responseTooLarge } from '../sources/allowance.ts';
import { createInFlight } from './in-flight.ts';
import type { OperationTelemetry } from './operation-telemetry.ts';
import type { Prepared } from './prepared.ts';
import { type ShapeErrors, shapeResult } from './shape.ts';
import { withPlan } from './with-plan.ts';

export interface RespondingOptions {
  readonly execute: Executor;
  readonly responseLimits: AllowanceLimits;
  readonly sharesQueries: boolean;
  readonly shape: ShapeErrors;
  readonly operations: OperationTelemetry;
}

/** For a client that has left: what was not fetched for that reason is no fault. */
const unheard = { message: internalError.message, extensions: { code: internalError.code } };

/** The execution of what is prepared, and its result as a client may see it. */
export function createResponding(options: RespondingOptions) {
  const { execute, responseLimits, sharesQueries, shape, operations } = options;
  const inFlight = createInFlight();
  const tooLarge: RawResult = { data: null, errors: [responseTooLarge(responseLimits)] };

  async function run(
    { planned, operationName, variables, client }: Prepared,
    more: Pick<Execution, 'event' | 'signal' | 'times'>,
  ): Promise<OperationResult> {
    let raw: RawResult;
    const allowance = new Allowance(responseLimits);
    try {
      raw = await execute({ compiled: planned.compiled, variables, client, allowance, ...more });
      if (allowance.isExceeded && !raw.deferred) raw = tooLarge;
    } catch (error) {
      raw = isTooLarge(error) ? tooLarge : { errors: [error] };
    }
    if (raw === tooLarge) operations.refused('size', operationName);
    return shapeResult(raw, (errors) => (more.signal?.aborted ? [unheard] : shape(errors)));
  }

  /** With its plan, which no other request may see: nothing of it is shared. */
  async function respondExplained(
    prepared: Prepared,
    outline: Outline | null,
    signal: AbortSignal | undefined,
  ): Promise<OperationResult> {
    const { begun, type } = prepared;
    const times = new RequestTimes(begun?.at ?? performance.now());
    const result = await run(prepared, type === 'query' ? { signal, times } : { times });
    if (type === 'mutation') inFlight.renew();
    return withPlan(result, outline, times, begun?.span.traceparent);
  }

  return {
    /** A mutation that has begun runs to its end, even if its client leaves; nothing begins for a client that has left. */
    async respond(prepared: Prepared, signal: AbortSignal | undefined): Promise<OperationResult> {
      if (signal?.aborted) return {};
      const { outline } = prepared.planned.compiled;
      if (outline !== undefined) return await respondExplained(prepared, outline, signal);
      if (prepared.type === 'query') {
        const { deferred } = prepared.planned.compiled;
        if (!sharesQueries || deferred.length > 0) return await run(prepared, { signal });
        return await inFlight.share(prepared, signal, (leaving) => run(prepared, { signal: leaving }));
      }
      const result = await run(prepared, {});
      inFlight.renew();
      return result;
    },

    /** With an event, which is the result of the first fetch. */
    async push(prepared: Prepared, event: SubgraphResult): Promise<OperationResult> {
      const result = await run(prepared, { event });
      inFlight.renew();
      return result;
    },
  };
}
