import { type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import { errorFormatter, internalError, type SubgraphResult } from '@airline/service/server';
import { systemClock } from '../clock.ts';
import type { Budgets } from '../cost/budget.ts';
import { readingCost } from '../cost/cost-of.ts';
import type { Execution, Executor, RawResult } from '../executor/execution.ts';
import { type Outline, RequestTimes } from '../executor/outline.ts';
import type { PersistedDocuments } from '../persisted/documents.ts';
import { isRefused, type Refused } from '../refusal.ts';
import type { Client, OperationResult, RequestParameters } from '../request.ts';
import { Allowance, type AllowanceLimits, isTooLarge, responseTooLarge } from '../sources/allowance.ts';
import { createInFlight } from './in-flight.ts';
import { createOperationTelemetry, type OperationCounts } from './operation-telemetry.ts';
import { createPlanning, type PlanningOptions, type Request } from './planning.ts';
import type { Prepared, PrepareOptions } from './prepared.ts';
import { createShape, shapeResult } from './shape.ts';
import { Turns } from './turns.ts';
import { withPlan } from './with-plan.ts';

export interface PipelineOptions extends Omit<PlanningOptions, 'shape' | 'shapeUnsuggesting' | 'operations'> {
  readonly persisted: PersistedDocuments;
  readonly execute: Executor;
  readonly budgets: Budgets;
  readonly responseLimits: AllowanceLimits;
  /** Whether equal queries of one authority that are in flight at once share an execution; true by default. */
  readonly sharesQueries?: boolean;
  readonly logger: Logger;
  readonly telemetry?: Telemetry;
  /** What operators get who ask for it in their extensions; none by default. */
  readonly report?: (counts: OperationCounts) => object;
}

/** What one request goes through, by whichever transport it came: each stage is a module beside this one. */
export interface Pipeline {
  /**
   * read → parse → validate → authorise → limit → plan.
   * `readOnly` refuses what is no query, for requests that must be safe (GET, RFC 9110 section 9.2.1). Without
   * `increments`, the default, nothing is deferred: `@defer` is ignored.
   */
  prepare(
    parameters: RequestParameters,
    client: Client,
    options?: PrepareOptions,
  ): Promise<Prepared | Refused>;
  /**
   * execute → shape; for a subscription, with the event that is the result of its first fetch. It never rejects.
   * `signal` aborts when no client waits for the result any more. Of what is deferred, read the deliveries to their end.
   */
  execute(prepared: Prepared, event?: SubgraphResult, signal?: AbortSignal): Promise<OperationResult>;
  /** The same text and operation under the supergraph that serves now. */
  prepareAgain(prepared: Prepared): Prepared | Refused;
}

/** For a client that has left: what was not fetched for that reason is no fault. */
const unheard = { message: internalError.message, extensions: { code: internalError.code } };

const isOperator = ({ authority }: Client): boolean => authority.caller.roles.includes('operator');

export function createPipeline(options: PipelineOptions): Pipeline {
  const { persisted, execute, budgets, responseLimits, sharesQueries = true, logger } = options;
  const inFlight = createInFlight();
  const format = errorFormatter(logger);
  const shape = createShape(format, options.introspection);
  const shapeUnsuggesting = createShape(format, false);
  const operations = createOperationTelemetry(options.telemetry ?? noTelemetry, logger);
  const tooLarge: RawResult = { data: null, errors: [responseTooLarge(responseLimits)] };
  const turns = new Turns({ after: systemClock.after });
  const planning = createPlanning({ ...options, shape, shapeUnsuggesting, operations });

  async function prepare(
    parameters: RequestParameters,
    client: Client,
    options: PrepareOptions,
  ): Promise<Prepared | Refused> {
    const text = await persisted.resolve(parameters, client.source);
    if (typeof text !== 'string') return text;
    const { operationName, extensions } = parameters;
    const variables = parameters.variables ?? {};
    turns.see(client.source);
    const request = { text, operationName, variables, extensions, client, ...options };
    const prepared = planning.known(request) ?? (await planInTurn(request));
    if (isRefused(prepared)) return prepared;
    persisted.keep(parameters, client.source);
    return (await charge(client, prepared.cost, prepared.operationName)) ?? prepared;
  }

  /** What has not been planned is charged before it is read. */
  async function planInTurn(request: Request): Promise<Prepared | Refused> {
    const { client, text } = request;
    const refused = await charge(client, readingCost(text));
    return refused ?? (await turns.take(client.source, () => planning.plan(request)));
  }

  /** Charges something to the client, or says why it may not have it. */
  async function charge({ source }: Client, cost: number, name?: string): Promise<Refused | undefined> {
    const refused = await budgets.charge(source, cost);
    if (refused) operations.refused('rate', name);
    return refused;
  }

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

  /** A mutation that has begun runs to its end, even if its client leaves; nothing begins for a client that has left. */
  async function respond(prepared: Prepared, signal: AbortSignal | undefined): Promise<OperationResult> {
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

  /** What a request's extensions ask for; others may share the result without it. */
  function withExtensions(prepared: Prepared, result: OperationResult): OperationResult {
    const { extensions, cost, client } = prepared;
    const report = extensions?.router === true && isOperator(client) ? options.report : undefined;
    if (extensions?.cost !== true && !report) return result;
    return {
      ...result,
      extensions: {
        ...result.extensions,
        ...(extensions?.cost === true && { cost: { estimated: cost, max: options.costLimit } }),
        ...(report && { router: report(operations.counts) }),
      },
    };
  }

  return {
    prepare: async (parameters, client, options = {}) => {
      const begun = operations.begin(client);
      const prepared = await begun.span.within(() =>
        prepare(parameters, client, options).catch(
          (error): Refused => ({ status: 500, errors: shape([error]) }),
        ),
      );
      if (isRefused(prepared)) {
        operations.endRefused(begun, prepared);
        return prepared;
      }
      if (prepared.type === 'subscription') operations.end(begun, prepared, 'ok');
      return { ...prepared, begun };
    },

    execute: async (prepared, event, signal) => {
      const { begun } = prepared;
      if (event) {
        const result = await operations.push(prepared, () => run(prepared, { event }));
        inFlight.renew();
        return result;
      }
      if (!begun) return withExtensions(prepared, await respond(prepared, signal));
      const result = await begun.span.within(() => respond(prepared, signal));
      return withExtensions(prepared, operations.endWith(begun, prepared, result));
    },

    prepareAgain: ({ planned, operationName, variables, extensions, client }) => {
      const request = { text: planned.text, operationName, variables, extensions, client };
      return planning.known(request) ?? planning.plan(request);
    },
  };
}
