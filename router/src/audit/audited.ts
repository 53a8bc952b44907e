import type { IncomingMessage } from 'node:http';
import type { HttpRefusal } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import type { AddressOf } from '../admission/address.ts';
import type { Identify } from '../pipeline/identify.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { isRefused, type Refused } from '../refusal.ts';
import type { Client, OperationResult } from '../request.ts';
import { type Audit, actorOf, codeOf, type Refusal, shortened } from './audit.ts';

/** Codes of those who are not let in, or may not have a field. */
const REFUSALS: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);
/** Paths of refused fields that are kept of one result. */
const MOST_PATHS = 20;

/** A pipeline of which mutations and refusals are recorded. */
export function auditedPipeline(pipeline: Pipeline, audit: Audit): Pipeline {
  return {
    ...pipeline,
    prepare: async (parameters, client, options) => {
      const prepared = await pipeline.prepare(parameters, client, options);
      if (isRefused(prepared)) {
        const code = refusalIn(prepared);
        const operation = parameters.operationName ?? undefined;
        if (code !== undefined) audit.refused(actorOf(client), { code, operation });
      }
      return prepared;
    },
    execute: async (prepared, event, signal) => {
      const result = await pipeline.execute(prepared, event, signal);
      const { type, client, operationName: operation } = prepared;
      const refusal = type === 'mutation' ? undefined : refusalOf(result);
      if (type === 'mutation') audit.mutated(prepared, result);
      else if (refusal) audit.refused(actorOf(client), { ...refusal, operation });
      return result;
    },
  };
}

/** Identifies clients with their addresses, and records those whom it refuses. */
export function auditedIdentify(identify: Identify, audit: Audit, addressOf: AddressOf): Identify {
  return (request, id, headers) => {
    const address = addressOf(request);
    const recorded = (client: Client | Refused): Client | Refused => {
      if (!isRefused(client)) return { ...client, address };
      const code = refusalIn(client);
      const actor = { requestId: id, caller: undefined, source: `address:${address}`, address };
      if (code !== undefined) audit.refused(actor, { code });
      return client;
    };
    const client = identify(request, id, headers);
    return client instanceof Promise ? client.then(recorded) : recorded(client);
  };
}

/** Records requests that the browser's boundary refuses. */
export const foreignRequests =
  (audit: Audit, addressOf: AddressOf) =>
  (request: IncomingMessage, { code }: HttpRefusal, requestId?: string): void => {
    const address = addressOf(request);
    audit.refused({ requestId, caller: undefined, source: `address:${address}`, address }, { code });
  };

const refusalIn = ({ errors }: Refused): string | undefined =>
  errors.map(codeOf).find((code) => REFUSALS.has(code));

/** The fields of a result that its client may not have. */
function refusalOf({ errors = [] }: OperationResult): Refusal | undefined {
  const refused = errors.filter((error) => REFUSALS.has(codeOf(error)));
  const [first] = refused;
  if (!first) return undefined;
  return { code: codeOf(first), fields: [...new Set(refused.map(pathOf))].slice(0, MOST_PATHS) };
}

const pathOf = ({ path = [] }: GraphQLFormattedError): string =>
  shortened(path.filter((part) => typeof part === 'string').join('.')) ?? '';
