import { type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import { errorFormatter, type Limits } from '@airline/service/server';
import { type DocumentNode, GraphQLError } from 'graphql';
import { isolateAliases } from '../corrections/index.ts';
import type { Answer, Client, RequestParameters } from '../request.ts';
import type { Snapshot } from '../supergraph/snapshot.ts';
import { CheckedDocument, type PlannedOperation } from './document.ts';
import type { Executor, SubgraphAnswer } from './execute.ts';
import { limitVariables } from './limit.ts';
import { type Begun, createOperationTelemetry, outcomeOf } from './operation-telemetry.ts';
import { parseDocument } from './parse.ts';
import { isRefused, type Refused, refuse } from './refusal.ts';
import { createShape, type RawAnswer, shapeAnswer } from './shape.ts';
import { refuseInvalid } from './validate.ts';

/** An operation that passed every stage before its execution. */
export interface Prepared {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly planned: PlannedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the request says beside its operation. */
  readonly extensions: RequestParameters['extensions'];
  readonly client: Client;
  /** What is told of it; for a subscription that has ended by now. */
  readonly begun?: Begun;
}

/** Finds the text of a request that names it by its hash, and keeps such texts. */
export interface PersistedDocuments {
  /** The document's text, for a request that may bring a hash in place of it or beside it. */
  resolve(parameters: RequestParameters): string | Refused | Promise<string | Refused>;
  /** Called with what `resolve` took, once its text has proved valid. */
  keep(parameters: RequestParameters): void;
}

export interface PipelineOptions {
  /** The supergraph that serves at present. */
  readonly snapshot: () => Snapshot;
  readonly persisted: PersistedDocuments;
  readonly execute: Executor;
  readonly introspection: boolean;
  readonly limits: Limits;
  readonly now: () => number;
  readonly logger: Logger;
  readonly telemetry?: Telemetry;
}

/** What one request goes through, by whichever transport it came: each stage is a module beside this one. */
export interface Pipeline {
  /**
   * read → parse → validate → authorise → limit → plan.
   * `readOnly` refuses what is no query, for requests that must be safe (GET, RFC 9110 section 9.2.1).
   */
  prepare(
    parameters: RequestParameters,
    client: Client,
    options?: { readonly readOnly?: boolean },
  ): Promise<Prepared | Refused>;
  /** execute → shape; for a subscription, with the event that answers its first fetch. It never rejects. */
  execute(prepared: Prepared, event?: SubgraphAnswer): Promise<Answer>;
  /** The same text and operation under the supergraph that serves now. */
  prepareAgain(prepared: Prepared): Prepared | Refused;
}

/** Of a request, what is not its operation. */
type Request = Pick<Prepared, 'variables' | 'extensions' | 'client'> & { readonly readOnly: boolean };

export function createPipeline(options: PipelineOptions): Pipeline {
  const { snapshot: current, persisted, execute, introspection, limits, now, logger } = options;
  const shape = createShape(errorFormatter(logger));
  const operations = createOperationTelemetry(options.telemetry ?? noTelemetry);

  function check(text: string, snapshot: Snapshot): CheckedDocument | Refused {
    const known = snapshot.documents.get(text);
    if (known) return known;
    const document = parseDocument(text, limits, shape);
    if (isRefused(document)) return document;
    const refused = refuseInvalid(snapshot.schema, document, { limits, introspection, shape });
    if (refused) return refused;
    const checked = new CheckedDocument(text, isolateAliases(document, snapshot.translations));
    snapshot.documents.set(text, checked);
    return checked;
  }

  /** What is refused is refused to this operation alone, even for a fault of the router. */
  function planText(
    text: string,
    operationName: string | null | undefined,
    request: Request,
  ): Prepared | Refused {
    try {
      const snapshot = current();
      const isKnown = snapshot.documents.has(text);
      return operations.counted(isKnown, () => planWithin(snapshot, text, operationName, request));
    } catch (error) {
      return { status: error instanceof GraphQLError ? 400 : 500, errors: shape([error]) };
    }
  }

  /** From the text on: what an operation goes through again when the supergraph changes. */
  function planWithin(
    snapshot: Snapshot,
    text: string,
    operationName: string | null | undefined,
    request: Request,
  ): Prepared | Refused {
    const { variables, client, readOnly } = request;
    const checked = check(text, snapshot);
    if (isRefused(checked)) return checked;
    const operation = checked.select(operationName);
    if (isRefused(operation)) return operation;
    const type = operation.operation;
    if (readOnly && type !== 'query') {
      return refuse('METHOD_NOT_ALLOWED', `A ${type} cannot be sent by GET; use POST.`, { status: 405 });
    }
    if ((client.authority.expiresAt ?? Number.POSITIVE_INFINITY) <= now()) {
      return refuse('UNAUTHENTICATED', 'The token has expired; send a new one.', { status: 401 });
    }
    const refused = limitVariables(snapshot.schema, operation, variables, { limits, shape });
    if (refused) return refused;
    const planned = checked.plan(operation, snapshot);
    const { document } = planned.isolated;
    const { extensions } = request;
    return { type, document, operationName: operation.name?.value, planned, variables, extensions, client };
  }

  async function prepare(
    parameters: RequestParameters,
    client: Client,
    readOnly: boolean,
  ): Promise<Prepared | Refused> {
    const text = await persisted.resolve(parameters);
    if (typeof text !== 'string') return text;
    const { operationName, extensions } = parameters;
    const variables = parameters.variables ?? {};
    const prepared = planText(text, operationName, { variables, extensions, client, readOnly });
    if (!isRefused(prepared)) persisted.keep(parameters);
    return prepared;
  }

  async function answer({ planned, variables, client }: Prepared, event?: SubgraphAnswer): Promise<Answer> {
    let raw: RawAnswer;
    try {
      raw = await execute({ planned, variables, client, ...(event && { event }) });
    } catch (error) {
      raw = { errors: [error] };
    }
    return shapeAnswer(raw, shape);
  }

  return {
    prepare: async (parameters, client, { readOnly = false } = {}) => {
      const begun = operations.begin(client);
      const prepared = await begun.span.within(() => prepare(parameters, client, readOnly));
      if (isRefused(prepared)) {
        operations.end(begun, { type: 'unknown', operationName: undefined }, 'refused');
        return prepared;
      }
      if (prepared.type === 'subscription') operations.end(begun, prepared, 'ok');
      return { ...prepared, begun };
    },

    execute: async (prepared, event) => {
      const { begun } = prepared;
      if (event) return await operations.push(prepared, () => answer(prepared, event));
      if (!begun) return await answer(prepared);
      const answered = await begun.span.within(() => answer(prepared));
      operations.end(begun, prepared, outcomeOf(answered));
      return answered;
    },

    prepareAgain: ({ planned, operationName, ...request }) =>
      planText(planned.text, operationName, { ...request, readOnly: false }),
  };
}
