import { basename, join } from 'node:path';
import { requireOfModules } from '@airline/delivery/bundle';
import { build } from 'esbuild';
import type { Manifest } from '../checks/manifest.ts';
import { imageOf } from './airline.ts';
import type { ApiServer } from './api-server.ts';
import { type GatewayAddress, gatewayAddress, HOST } from './gateway.ts';
import { apply, kubectl } from './kubectl.ts';

/** Apart from the airline's, so that what reaches the router from here is what reaches it from anywhere. */
export const CLIENT_NAMESPACE = 'airline-client';
const FOLDER = '/app/cluster-client';
const PROGRAMS = ['serve', 'book', 'subscribe'];

/** The router's address, through the gateway. */
export const routerUrl = `https://${HOST}/graphql`;
/** Where the API server forwards requests to the pod. */
export const CLIENT = `/api/v1/namespaces/${CLIENT_NAMESPACE}/pods/client:8080/proxy`;

/**
 * Starts a pod that stays, from the router's image, with the programs of `client/` in it. They run there, as clients of
 * the gateway: a port that kubectl forwards would end with the first pod that does.
 */
export async function startClientPod(): Promise<void> {
  await stopClientPod();
  const gateway = await gatewayAddress();
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
  const programs = outputFiles.map(({ path, text }) => [basename(path), text]);
  await apply([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: CLIENT_NAMESPACE } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'client', namespace: CLIENT_NAMESPACE },
      data: { ...Object.fromEntries(programs), 'ca.crt': gateway.certificate },
    },
    clientPod(await imageOf('router'), gateway),
  ]);
  await kubectl([
    '--namespace',
    CLIENT_NAMESPACE,
    'wait',
    'pod/client',
    '--for=condition=Ready',
    '--timeout=600s',
  ]);
}

export async function stopClientPod(): Promise<void> {
  await kubectl(['delete', 'namespace', CLIENT_NAMESPACE, '--ignore-not-found', '--timeout=600s']);
}

function clientPod(image: string, { ip }: GatewayAddress): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'client', namespace: CLIENT_NAMESPACE },
    spec: {
      automountServiceAccountToken: false,
      hostAliases: [{ ip, hostnames: [HOST] }],
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'client',
          image,
          command: ['node', `${FOLDER}/serve.mjs`, routerUrl],
          env: [{ name: 'NODE_EXTRA_CA_CERTS', value: `${FOLDER}/ca.crt` }],
          readinessProbe: { tcpSocket: { port: 8080 } },
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
  /** What it printed last. */
  last(): Promise<Line | undefined>;
  /** Ends its input and returns its last line. */
  end(): Promise<Line>;
}

/** Starts `client/<program>.ts` with these options. */
export async function startProgram<Line>(
  api: ApiServer,
  program: string,
  options: object,
): Promise<ClientProgram<Line>> {
  const id = await api.call(`${CLIENT}/start/${program}`, JSON.stringify(options));
  return {
    last: async () => {
      const line = await api.call(`${CLIENT}/last/${id}`);
      return line === '' ? undefined : JSON.parse(line);
    },
    end: async () => JSON.parse(await api.call(`${CLIENT}/end/${id}`, '')),
  };
}
