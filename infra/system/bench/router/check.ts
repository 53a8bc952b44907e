import { type Agreement, compareResponses, faultOf } from './answers.ts';
import type { Query } from './graphs/graph.ts';
import type { RunningProgram } from './processes.ts';
import type { Router } from './routers.ts';
import type { RunningGraph } from './running-graph.ts';
import type { Fetch } from './servers/recorder.ts';

/** A router that responds to queries. */
export interface Subject {
  readonly router: Router;
  readonly url: string;
  readonly program: RunningProgram;
}

/** How a router responds to a query, before it is measured. */
export interface Checked {
  readonly response: string;
  readonly agreement: Agreement;
  /** The fetches that it sends, by steps. */
  readonly steps: readonly (readonly Fetch[])[];
}

export const bodyOf = ({ query, variables }: Query): string => JSON.stringify({ query, variables });

async function ask({ url, router }: Subject, query: Query): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...router.headers },
    body: bodyOf(query),
    signal: AbortSignal.timeout(30_000),
  });
  return await response.text();
}

/**
 * Asks each router once, records its fetches and compares its response with the reference's: that of the first router that has one.
 * Returns, by router, what was found, or why it cannot be measured.
 */
export async function check(
  graph: RunningGraph,
  query: Query,
  subjects: readonly Subject[],
): Promise<Map<Subject, Checked | string>> {
  const checked = new Map<Subject, Checked | string>();
  let reference: string | undefined;
  for (const subject of subjects) {
    // Once before, since a router may prepare itself by requests of another kind.
    const first = await ask(subject, query).catch((error: Error) => error.message);
    const fault = faultOf(first);
    if (fault !== undefined) {
      checked.set(subject, fault);
      continue;
    }
    let response = first;
    const steps = await graph.record(async () => {
      response = await ask(subject, query);
    });
    reference ??= response;
    checked.set(subject, { response, agreement: compareResponses(reference, response), steps });
  }
  return checked;
}
