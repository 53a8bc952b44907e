import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { requireOfModules } from '@airline/delivery/bundle';
import { build } from 'esbuild';
import type { Manifest } from '../checks/manifest.ts';
import { imageOf } from './airline.ts';
import { apply, kubectl, startKubectl } from './kubectl.ts';

/** Apart from the airline's, so that what reaches the router from here is what reaches it from anywhere. */
const NAMESPACE = 'airline-client';
const FOLDER = '/app/cluster-client';
const PROGRAMS = ['book', 'relay', 'subscribe'];

/** The router's address in the cluster. */
export const routerUrl = 'http://router.airline/graphql';

/**
 * Starts a pod that stays, from the router's image, with the programs of `client/` in it. They run there, as clients of the
 * router's Service: a port that kubectl forwards would end with the first pod that does.
 */
export async function startClientPod(): Promise<void> {
  await stopClientPod();
  const { outputFiles } = await build({
    entryPoints: PROGRAMS.map((program) => join(import.meta.dirname, `client/${program}.ts`)),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: requireOfModules },
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    write: false,
  });
  await apply([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'client', namespace: NAMESPACE },
      data: Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text])),
    },
    clientPod(await imageOf('router')),
  ]);
  await kubectl(['--namespace', NAMESPACE, 'wait', 'pod/client', '--for=condition=Ready', '--timeout=120s']);
}

export async function stopClientPod(): Promise<void> {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--timeout=120s']);
}

function clientPod(image: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'client', namespace: NAMESPACE },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image,
          command: ['node', '--eval', 'setInterval(() => {}, 1e9)'],
          resources: { requests: { cpu: '50m', memory: '128Mi' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'sources', mountPath: FOLDER, readOnly: true }],
        },
      ],
      volumes: [{ name: 'sources', configMap: { name: 'client' } }],
    },
  };
}

/** A program that runs in the client's pod: it prints lines of JSON, and ends when its input does. */
export interface ClientProgram<Line> {
  send(line: unknown): void;
  /** What it printed last. */
  last(): Line | undefined;
  /** Ends its input and returns its last line. */
  end(): Promise<Line>;
}

/** Starts `client/<program>.ts`, one of `PROGRAMS`, with these options. `onLine` receives each line. */
export function startProgram<Line>(
  program: string,
  options: object,
  onLine: (line: Line) => void = () => {},
): ClientProgram<Line> {
  const command = ['node', `${FOLDER}/${program}.mjs`, JSON.stringify(options)];
  const child = startKubectl(['--namespace', NAMESPACE, 'exec', '--stdin', 'client', '--', ...command]);
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(String(chunk)));
  child.stdin.on('error', (error) => errors.push(error.message));
  let last: Line | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed: Line = JSON.parse(line);
    last = parsed;
    onLine(parsed);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    send: (line) => void child.stdin.write(`${JSON.stringify(line)}\n`),
    last: () => last,
    end: async () => {
      child.stdin.end();
      const code = await ended;
      if (code !== 0 || last === undefined)
        throw new Error(`${program} ended with ${code}: ${errors.join('')}`);
      return last;
    },
  };
}
