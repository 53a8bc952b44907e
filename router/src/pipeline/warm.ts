import { setImmediate } from 'node:timers/promises';
import type { Limits, Rule } from '@airline/service/server';
import { isRefused } from '../refusal.ts';
import type { Outcome } from './operation.ts';
import { checkDocument } from './planning.ts';
import type { Snapshot } from './snapshot.ts';

/** An operation that is likely to be asked for. */
export interface Expected extends Outcome {
  readonly text: string;
  readonly operationName: string | undefined;
}

export interface WarmOptions {
  readonly limits: Limits;
  readonly introspection: boolean;
  /** Whether to stop, asked before each operation. */
  readonly isOver: () => boolean;
}

/**
 * Plans operations under a supergraph before they are asked for, in the order given, and lets the event loop run between
 * them. What is no longer valid or cannot be planned is skipped: it is refused when it is asked for.
 */
export async function warm(
  snapshot: Snapshot,
  expected: Iterable<Expected>,
  options: WarmOptions,
): Promise<void> {
  for (const each of expected) {
    if (options.isOver()) return;
    try {
      planExpected(snapshot, each, options);
    } catch {
      // As above.
    }
    await setImmediate();
  }
}

function planExpected(
  snapshot: Snapshot,
  { text, operationName, decisions, overrides, increments, denied }: Expected,
  { limits, introspection }: WarmOptions,
): void {
  const checked = checkDocument(text, snapshot, { limits, introspection, shape: () => [] });
  if (isRefused(checked)) return;
  const { document, syntax } = checked;
  const operation = document.select(operationName);
  if (isRefused(operation)) return;
  const labels = snapshot.overrideLabels.map((label) => [label, overrides.get(label) ?? false] as const);
  const isHeld = ({ key }: Rule) => !denied.includes(key);
  const outcome = {
    decisions,
    overrides: new Map(labels),
    increments,
    denied: denied.length === 0 ? denied : operation.denied(decisions, isHeld, snapshot, syntax),
  };
  operation.plan(outcome, operation.cost(outcome, snapshot, syntax), snapshot, syntax);
  snapshot.documents.add(document);
}

/** What is planned under a supergraph, that of the most recently used documents first. */
export function* recentlyUsed({ documents }: Snapshot): Generator<Expected> {
  for (const { text, operations } of documents.recent()) {
    for (const { name, outcomes } of operations) {
      for (const { decisions, overrides, increments, denied } of outcomes) {
        yield { text, operationName: name, decisions, overrides, increments, denied };
      }
    }
  }
}

/** Documents of one operation without conditions each, for callers who may see all of it. */
export const expectedOf = (texts: readonly string[]): Expected[] =>
  texts.map((text) => ({
    text,
    operationName: undefined,
    decisions: new Map(),
    overrides: new Map(),
    increments: false,
    denied: [],
  }));
