import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kubectl, namespace } from './kubectl.ts';

const run = promisify(execFile);

/** The host of the Gateway and its routes. */
export const HOST = 'airline.example.com';
/** A label of the definitions that the tests have brought themselves. */
export const DEFINED_BY_TESTS = 'airline.example.com/by=cluster-tests';
const MODULE = 'sigs.k8s.io/gateway-api@v1.3.0';

/** What the cluster's operators bring before the airline is deployed: the definitions of the Gateway API, and a certificate. */
export async function prepareGateway(): Promise<void> {
  await Promise.all([defineGatewayApi(), makeCertificate()]);
}

/** From the Go module proxy, which is where the API's project publishes its definitions to. */
async function defineGatewayApi(): Promise<void> {
  const defined = await kubectl(['get', 'crd', 'httproutes.gateway.networking.k8s.io', '--ignore-not-found']);
  if (defined !== '') return;
  const { stdout } = await run('go', ['mod', 'download', '-json', MODULE]);
  const { Dir }: { Dir: string } = JSON.parse(stdout);
  // Too large for what client-side apply notes beside them.
  const folder = join(Dir, 'config/crd/standard');
  await kubectl(['apply', '--server-side', '--filename', folder]);
  await kubectl(['label', '--filename', folder, DEFINED_BY_TESTS]);
  await kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=300s']);
}

async function makeCertificate(): Promise<void> {
  const inNamespace = (...args: string[]) => kubectl(['--namespace', namespace, ...args]);
  await kubectl(['create', 'namespace', namespace]).catch(() => {
    // It is there; where it could not be made, what follows fails.
  });
  if ((await inNamespace('get', 'secret', 'airline-tls', '--ignore-not-found')) !== '') return;
  const folder = mkdtempSync(join(tmpdir(), 'airline-tls-'));
  try {
    const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')];
    const names = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-keyout',
      key,
      '-out',
      certificate,
    ];
    await run('openssl', ['req', '-x509', '-nodes', '-days', '30', ...made, ...names]);
    await inNamespace('create', 'secret', 'tls', 'airline-tls', `--key=${key}`, `--cert=${certificate}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface GatewayAddress {
  readonly ip: string;
  /** In PEM, which clients trust. */
  readonly certificate: string;
}

/** Where the gateway listens, once it has taken the Gateway and its routes. */
export async function gatewayAddress(): Promise<GatewayAddress> {
  await kubectl([
    '--namespace',
    namespace,
    'wait',
    'gateway/airline',
    '--for=condition=Programmed',
    '--timeout=300s',
  ]);
  const output = ['--output', 'jsonpath={.spec.clusterIP}'];
  const encoded = await kubectl([
    ...['--namespace', namespace, 'get', 'secret', 'airline-tls'],
    ...['--output', String.raw`jsonpath={.data.tls\.crt}`],
  ]);
  return {
    ip: await kubectl(['--namespace', 'gateway', 'get', 'service', 'traefik', ...output]),
    certificate: Buffer.from(encoded, 'base64').toString(),
  };
}
