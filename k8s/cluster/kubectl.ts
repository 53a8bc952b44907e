import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Manifest } from '../checks/manifest.ts';
import { readConfig } from './config.ts';

const config = readConfig();

/** The namespace that the overlays name. */
export const namespace = 'airline';

/** Starts kubectl; the caller ends it. */
export function startKubectl(args: readonly string[]): ChildProcessWithoutNullStreams {
  const [program, ...first] = config.kubectl as [string, ...string[]];
  return spawn(program, [...first, ...args]);
}

/**
 * Runs kubectl and returns what it prints.
 *
 * @throws Error with what it says
 */
export async function kubectl(args: readonly string[], input = ''): Promise<string> {
  return await outputOf(startKubectl(args), input, `kubectl ${args.join(' ')}`);
}

/** What the API holds of an object, or of a list of them: `read<Pods>('pods', '--selector', …)`. */
export async function read<T>(...args: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(['--namespace', namespace, 'get', ...args, '--output', 'json']));
}

/** Creates or changes these objects; what is not named stays. */
export async function apply(manifests: readonly Manifest[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
  await kubectl(['apply', '--filename', '-'], list);
}

/** What the API server warns of when it is asked for these objects, without keeping them. @throws Error with what it refuses */
export async function warningsOf(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
  const child = startKubectl(['apply', '--dry-run=server', '--filename', '-']);
  const said = text(child.stderr);
  await outputOf(child, list, 'kubectl apply --dry-run=server');
  return (await said).split('\n').filter((line) => line.startsWith('Warning:'));
}

async function outputOf(child: ChildProcessWithoutNullStreams, input: string, name: string): Promise<string> {
  // A program that ends without reading all of its input says why on its other stream.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${name}: ${errors.trim() || output.trim()}`);
  return output;
}
