import type { Client } from '../request.ts';
import type { Overrides } from '../served-graph.ts';

export interface OverrideOptions {
  /** Labels that are on for all requests. */
  readonly labels: readonly string[];
  /** From 0 to below 1. */
  readonly random: () => number;
}

const PERCENT = /^percent\((\d{1,2}(?:\.\d{1,8})?|100)\)$/;
const none: Overrides = new Map();

/** Decides `percent(n)` anew for each request; other labels by the configuration and by what the request turns on. */
export function createOverrides({ labels, random }: OverrideOptions) {
  return (known: readonly string[], { overrides }: Client): Overrides => {
    if (known.length === 0) return none;
    return new Map(
      known.map((label) => {
        const percent = PERCENT.exec(label)?.[1];
        if (percent !== undefined) return [label, random() * 100 < Number(percent)];
        return [label, labels.includes(label) || overrides?.includes(label) === true];
      }),
    );
  };
}
