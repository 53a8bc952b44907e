import { kubectl, namespace } from './kubectl.ts';

/**
 * Runs a program, an ES module that finds its arguments in `process.argv` from 1 on, in a pod of the airline, which has no other
 * program than Node. Returns what it prints.
 */
export async function programInPod(pod: string, program: string, ...args: string[]): Promise<string> {
  return await programIn(namespace, pod, program, ...args);
}

/** The same in a pod of any namespace that runs one of our images. */
export async function programIn(
  within: string,
  pod: string,
  program: string,
  ...args: string[]
): Promise<string> {
  const command = ['node', '--input-type=module', '--eval', program, ...args];
  return await kubectl(['--namespace', within, 'exec', pod, '--', ...command]);
}

/** Writes a file in a pod of the airline. `mode` is its permissions. */
export async function writeInPod(pod: string, file: string, text: string, mode = 0o644): Promise<void> {
  const program = `import { writeFileSync } from 'node:fs';
writeFileSync(process.argv[1], process.argv[2], { mode: ${mode} });`;
  await programInPod(pod, program, file, text);
}

/** What a file in a pod of the airline holds. */
export async function readInPod(pod: string, file: string): Promise<string> {
  const program = `import { readFileSync } from 'node:fs'; process.stdout.write(readFileSync(process.argv[1]));`;
  return await programInPod(pod, program, file);
}

/** Removes a file, which need not be there. */
export const REMOVE = `import { rmSync } from 'node:fs'; rmSync(process.argv[1], { force: true });`;

/** Removes a file in a pod of the airline, if it is there. */
export async function removeInPod(pod: string, file: string): Promise<void> {
  await programInPod(pod, REMOVE, file);
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
