import { systemClock } from '../clock.ts';
import type { Budgets } from '../cost/budget.ts';
import { readingCost, weights } from '../cost/cost-of.ts';
import type { PersistedDocuments } from '../persisted/documents.ts';
import { isRefused, type Refused } from '../refusal.ts';
import type { Client, RequestParameters } from '../request.ts';
import type { OperationTelemetry } from './operation-telemetry.ts';
import type { Planning, Request } from './planning.ts';
import type { Prepared, PrepareOptions } from './prepared.ts';
import { Turns } from './turns.ts';

export interface PreparationOptions {
  readonly persisted: PersistedDocuments;
  readonly budgets: Budgets;
  readonly planning: Planning;
  readonly operations: OperationTelemetry;
}

/** All that comes before the execution of a request, which is paid for. */
export function createPreparation({ persisted, budgets, planning, operations }: PreparationOptions) {
  const turns = new Turns({ after: systemClock.after });

  /** What has not been planned is charged before it is read, and for its selections once they are counted. */
  async function planInTurn(request: Request): Promise<Prepared | Refused> {
    const { client, text } = request;
    const refused = await charge(client, readingCost(text));
    if (refused) return refused;
    const { prepared, cost } = await turns.take(client.source, () => planning.plan(request));
    return (await charge(client, cost)) ?? prepared;
  }

  /** Charges something to the client, or says why it may not have it. */
  async function charge({ source }: Client, cost: number, name?: string): Promise<Refused | undefined> {
    const refused = await budgets.charge(source, cost);
    if (refused) operations.refused('rate', name);
    return refused;
  }

  return async (
    parameters: RequestParameters,
    client: Client,
    options: PrepareOptions,
  ): Promise<Prepared | Refused> => {
    const text = await persisted.resolve(parameters, client.source);
    // A hash that nobody knows may have taken a request to Redis.
    if (typeof text !== 'string') return (await charge(client, weights.fetch)) ?? text;
    const { operationName, extensions } = parameters;
    const variables = parameters.variables ?? {};
    turns.see(client.source);
    const request = { text, operationName, variables, extensions, client, ...options };
    const prepared = planning.known(request) ?? (await planInTurn(request));
    if (isRefused(prepared)) return prepared;
    persisted.keep(parameters, client.source);
    return (await charge(client, prepared.cost, prepared.operationName)) ?? prepared;
  };
}
