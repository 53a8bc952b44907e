import { kubectl, namespace } from './kubectl.ts';

/** A line of a log, as infra/platform/observability writes it. */
export interface Line {
  readonly level: string;
  readonly time: string;
  readonly service: string;
  readonly msg: string;
  readonly trace_id?: string;
  readonly [field: string]: unknown;
}

/** What a pod has logged so far, as text. */
export async function textsOf(pod: string): Promise<readonly string[]> {
  const text = await kubectl(['--namespace', namespace, 'logs', pod, '--container', 'service']);
  return text.split('\n').filter((line) => line !== '');
}

/** What a pod has logged so far. */
export async function linesOf(pod: string): Promise<readonly Line[]> {
  return (await textsOf(pod)).map((text): Line => JSON.parse(text));
}
