import { type Caller, everyone } from '@airline/service/server';
import { isRefused } from '../refusal.ts';
import { CheckedDocument, parseUnlocated } from './document.ts';
import type { CheckedOperation, PlannedOperation } from './operation.ts';
import type { Snapshot } from './snapshot.ts';

/** Plans the one operation of a valid document. @throws GraphQLError when the planner refuses */
export function planOnly(
  text: string,
  snapshot: Snapshot,
  decisive: Omit<Parameters<CheckedOperation['outcome']>[0], 'overrides' | 'caller'> & {
    readonly caller?: Caller;
  },
  overrides: ReadonlyMap<string, boolean> = new Map(),
): PlannedOperation {
  const document = parseUnlocated(text);
  const operation = new CheckedDocument(text, document).select(undefined);
  if (isRefused(operation)) throw new Error('There is no operation.');
  const syntax = () => document;
  const outcome = operation.outcome({ caller: everyone, ...decisive, overrides }, snapshot, syntax);
  return operation.plan(outcome, operation.cost(outcome, snapshot, syntax), snapshot, syntax);
}
