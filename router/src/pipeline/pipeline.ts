import { type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import { errorFormatter, type SubgraphResult } from '@airline/service/server';
import type { Budgets } from '../cost/budget.ts';
import type { Executor } from '../executor/execution.ts';
import type { PersistedDocuments } from '../persisted/documents.ts';
import { isRefused, type Refused } from '../refusal.ts';
import type { Client, OperationResult, RequestParameters } from '../request.ts';
import type { AllowanceLimits } from '../sources/allowance.ts';
import { type OperationCounts, OperationTelemetry } from './operation-telemetry.ts';
import { createPlanning, type PlanningOptions } from './planning.ts';
import { createPreparation } from './preparation.ts';
import type { Prepared, PrepareOptions } from './prepared.ts';
import { createResponding } from './responding.ts';
import { createShape } from './shape.ts';

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

const isOperator = ({ authority }: Client): boolean => authority.caller.roles.includes('operator');

export function createPipeline(options: PipelineOptions): Pipeline {
  const { persisted, execute, budgets, responseLimits, sharesQueries = true, logger } = options;
  const format = errorFormatter(logger);
  const shape = createShape(format, options.introspection);
  const shapeUnsuggesting = createShape(format, false);
  const operations = new OperationTelemetry(options.telemetry ?? noTelemetry, logger);
  const planning = createPlanning({ ...options, shape, shapeUnsuggesting, operations });
  const prepare = createPreparation({ persisted, budgets, planning, operations });
  const responding = createResponding({ execute, responseLimits, sharesQueries, shape, operations });

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
      if (event) return await operations.push(prepared, () => responding.push(prepared, event));
      if (!begun) return withExtensions(prepared, await responding.respond(prepared, signal));
      const result = await begun.span.within(() => responding.respond(prepared, signal));
      return withExtensions(prepared, operations.endWith(begun, prepared, result));
    },

    prepareAgain: ({ planned, operationName, variables, extensions, client }) => {
      const request = { text: planned.text, operationName, variables, extensions, client };
      return planning.known(request) ?? planning.plan(request).prepared;
    },
  };
}
