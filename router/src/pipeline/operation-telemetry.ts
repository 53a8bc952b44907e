import {
  activeTraceparent,
  createBoundedNames,
  type Logger,
  type OpenSpan,
  type Telemetry,
} from '@airline/observability';
import { MOST_OPERATIONS } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Refused } from '../refusal.ts';
import type { Client, Deferred, OperationResult } from '../request.ts';

/** An operation in flight: its span, and since when, in ms of the process's clock. */
export interface Begun {
  readonly span: OpenSpan;
  readonly at: number;
  readonly requestId: string | undefined;
}

/** What is recorded of an operation. */
interface Recorded {
  readonly type: string;
  readonly operationName: string | undefined;
}

type Errors = readonly GraphQLFormattedError[];

export type Outcome = 'ok' | 'errors' | 'refused';

/** Operations since the start. */
export interface OperationCounts {
  readonly operations: Readonly<Record<Outcome, number>>;
  /** Of those that were refused or cut off, by their code. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** Characters of an operation's name that a line of the log has. */
const NAME_LENGTH = 100;
/** Codes of its errors that it has. */
const MOST_CODES = 5;

/**
 * Records operations, from preparation to result: their time by name, type and outcome, a span each and, at level `debug`, a line
 * each of the log.
 */
export class OperationTelemetry {
  readonly #tracing: Telemetry['tracing'];
  readonly #metrics: Telemetry['metrics'];
  readonly #logger: Logger;
  readonly #boundedName = createBoundedNames(MOST_OPERATIONS);
  readonly #operations: Record<Outcome, number> = { ok: 0, errors: 0, refused: 0 };
  readonly #refusals: Record<string, number> = {};
  readonly counts: OperationCounts = { operations: this.#operations, refusals: this.#refusals };

  constructor({ tracing, metrics }: Telemetry, logger: Logger) {
    this.#tracing = tracing;
    this.#metrics = metrics;
    this.#logger = logger;
  }

  /** Continues the client's trace, or begins one. */
  begin({ forwarded }: Client): Begun {
    const requestId = forwarded['x-request-id'];
    const span = this.#tracing.start('operation', {
      kind: 'server',
      parent: forwarded.traceparent ?? null,
      ...(this.#tracing.isOn && { attributes: { 'http.request.header.x-request-id': requestId } }),
    });
    return { span, at: performance.now(), requestId };
  }

  end(begun: Begun, recorded: Recorded, outcome: Outcome, errors: Errors = []): void {
    const { span, at } = begun;
    const { type, operationName } = recorded;
    // Nothing is made for a line that is not written: this is on the way of each request.
    if (this.#logger.isLevelEnabled('debug')) span.within(() => this.#log(begun, recorded, outcome, errors));
    this.#operations[outcome] += 1;
    const name = this.#boundedName(operationName);
    const seconds = (performance.now() - at) / 1000;
    this.#metrics.observe('graphql_operation_duration_seconds', seconds, { operation: name, type, outcome });
    span.rename(`${type} ${name}`);
    span.set({
      'graphql.operation.type': type,
      'graphql.operation.name': name,
      'graphql.outcome': outcome,
    });
    span.end();
  }

  /** Ends one that never began. */
  endRefused(begun: Begun, { errors }: Refused): void {
    this.end(begun, { type: 'unknown', operationName: undefined }, 'refused', errors);
    this.#countRefusal(String(errors[0]?.extensions?.code));
  }

  /** Ends it with its result: with the last part of it, if some are deferred. */
  endWith(begun: Begun, recorded: Recorded, result: OperationResult): OperationResult {
    const { deferred } = result;
    if (!deferred) {
      this.end(begun, recorded, outcomeOf(result), result.errors);
      return result;
    }
    const ended = (outcome: Outcome) => this.end(begun, recorded, outcome, result.errors);
    return {
      ...result,
      deferred: { ...deferred, increments: watched(deferred, outcomeOf(result), ended) },
    };
  }

  /** The estimated cost of an operation that may yet be refused for it. */
  cost(operationName: string | undefined, cost: number): void {
    this.#metrics.observe('router_operation_cost', cost, { operation: this.#boundedName(operationName) });
  }

  refused(reason: 'cost' | 'rate' | 'size', operationName: string | undefined): void {
    this.#metrics.add('router_refusals_total', 1, { reason, operation: this.#boundedName(operationName) });
    // What is refused for the others never begins.
    if (reason === 'size') this.#countRefusal('RESPONSE_TOO_LARGE');
  }

  /** The execution of an event is a trace of its own: a subscription may last for days. */
  push(
    { type, operationName, client }: Recorded & { readonly client: Client },
    work: () => Promise<OperationResult>,
  ): Promise<OperationResult> {
    const { traceparent } = client.forwarded;
    const links = traceparent === undefined ? [] : [traceparent];
    const name = `${type} ${this.#boundedName(operationName)} event`;
    return this.#tracing.run(name, { parent: null, links }, work);
  }

  /** Prepares a document, and records whether it was known, or else how long that took. */
  counted<Made extends object>(known: boolean, make: () => Made | Refused): Made | Refused {
    this.#metrics.add('router_documents_total', 1, { result: known ? 'hit' : 'miss' });
    if (known) return make();
    const begun = performance.now();
    // Outside of an operation it is one of many that a new supergraph has planned again.
    const span = activeTraceparent() === undefined ? undefined : this.#tracing.start('plan');
    const made = make();
    span?.end();
    this.#metrics.observe('router_planning_duration_seconds', (performance.now() - begun) / 1000);
    return made;
  }

  // Codes are of a list, so there are few.
  #countRefusal(code: string): void {
    this.#refusals[code] = (this.#refusals[code] ?? 0) + 1;
  }

  #log({ at, requestId }: Begun, { type, operationName }: Recorded, outcome: Outcome, errors: Errors): void {
    const codes = [...new Set(errors.map(({ extensions }) => extensions?.code))].slice(0, MOST_CODES);
    const durationMs = Math.round(performance.now() - at);
    const operation = operationName?.slice(0, NAME_LENGTH);
    this.#logger.debug({ type, operation, outcome, codes, durationMs, requestId }, 'operation');
  }
}

const outcomeOf = ({ data, errors }: OperationResult): Outcome =>
  data === undefined ? 'refused' : errors && errors.length > 0 ? 'errors' : 'ok';

/** Calls `ended` after the last delivery, or when the client has left. */
async function* watched(
  { increments }: Deferred<GraphQLFormattedError>,
  first: Outcome,
  ended: (outcome: Outcome) => void,
) {
  let outcome = first;
  try {
    for await (const delivery of increments) {
      if (delivery.parts.some(({ errors }) => errors !== undefined)) outcome = 'errors';
      yield delivery;
    }
  } finally {
    ended(outcome);
  }
}
