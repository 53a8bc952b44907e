import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildProcess, startChild, until } from '@airline/testing';
import { root } from '../checks/kubectl.ts';

const FOLDER = join(root, 'k8s/components/observability');

/** What a configuration says in a cluster, and what it says here: ports, folders and names. */
export type Substitutions = Readonly<Record<string, string>>;

/**
 * Writes a configuration of k8s/components/observability to a file, with nothing changed but these texts.
 *
 * @throws Error when one of them is not there (any more)
 */
export async function derive(path: string, to: string, substitutions: Substitutions): Promise<string> {
  let text = await readFile(join(FOLDER, path), 'utf8');
  for (const [from, by] of Object.entries(substitutions)) {
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    text = text.replaceAll(from, () => by);
  }
  await writeFile(to, text);
  return to;
}

/** Runs a program that checks a configuration, and returns what it says. @throws Error with that when it refuses it */
export async function ask(program: string, ...args: string[]): Promise<string> {
  await using child = startChild(program, args);
  const { exit, stdout, stderr } = await child.ended;
  if (exit !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exit}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** Starts a program that serves, and waits until it says that it is ready. @throws Error with its output when it does not */
export async function serve(ready: string, program: string, ...args: string[]): Promise<ChildProcess> {
  const child = startChild(program, args);
  let isRunning = true;
  void child.ended.then(() => {
    isRunning = false;
  });
  try {
    // Loki waits a quarter of a minute for others that might join it.
    await until(`${program} is ready`, async () => !isRunning || (await fetch(ready)).ok, 90_000);
    if (!isRunning) throw new Error(`${program} has ended.`);
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw new Error(`${program} does not serve ${ready}. It said:\n${child.output()}`, { cause: error });
  }
  return child;
}

/** The JSON that an API returns. @throws Error with the response when it is none of success */
export async function getJson<Data>(
  url: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Data> {
  const response = await fetch(`${url}?${new URLSearchParams(parameters)}`);
  if (!response.ok) throw new Error(`${url} returned ${response.status}: ${await response.text()}`);
  // The caller says what the API returns.
  return (await response.json()) as Data;
}
