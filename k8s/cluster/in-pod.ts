import { kubectl, namespace } from './kubectl.ts';

/** Runs a command in a pod of the airline and returns what it prints. */
export async function inPod(pod: string, ...command: string[]): Promise<string> {
  return await kubectl(['--namespace', namespace, 'exec', pod, '--', ...command]);
}

/** Runs a program, an ES module that finds its arguments in `process.argv` from 1 on, in a pod of the airline. */
export async function programInPod(pod: string, program: string, ...args: string[]): Promise<string> {
  return await inPod(pod, 'node', '--input-type=module', '--eval', program, ...args);
}

const REQUEST = `const response = await fetch(process.argv[1], {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: process.argv[2],
});
process.stdout.write(await response.text());`;

/**
 * Sends a query to one pod of many, from within, where a Service would choose one.
 *
 * @throws Error when the response has errors
 */
export async function queryInPod<Data>(pod: string, port: number, query: string): Promise<Data> {
  const url = `http://127.0.0.1:${port}/graphql`;
  const response = await programInPod(pod, REQUEST, url, JSON.stringify({ query }));
  const { data, errors }: { data?: Data; errors?: unknown } = JSON.parse(response);
  if (errors || !data) throw new Error(`${pod} returned errors: ${response}`);
  return data;
}
