import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { composeFaults, observeFaults } from './compose.ts';
import { dockerfileFaults, imageFaults } from './dockerfile.ts';
import { dockerignoreFaults } from './dockerignore.ts';
import { deliveryScripts, jenkinsfileFaults } from './jenkinsfile.ts';
import { updateFaults } from './updates.ts';
import { workflowFaults } from './workflow.ts';

type Check = (text: string, file: string) => string[] | Promise<string[]>;

const DELIVERY = 'infra/system/delivery';
const SCRIPTS = ['services', 'provenance', ...deliveryScripts];

/** The checks of what images are built from and how they are delivered, by file. */
export const deliveryChecks: ReadonlyMap<string, Check> = new Map<string, Check>([
  [`${DELIVERY}/Dockerfile`, imageFaults],
  ['k8s/overlays/test/stand-ins/redis.Dockerfile', dockerfileFaults],
  ['k8s/overlays/test/stand-ins/postgres.Dockerfile', dockerfileFaults],
  ['k8s/overlays/test/stand-ins/prometheus.Dockerfile', dockerfileFaults],
  ['k8s/overlays/test/stand-ins/traefik.Dockerfile', dockerfileFaults],
  ['.dockerignore', dockerignoreFaults],
  [`${DELIVERY}/compose.yaml`, composeFaults],
  [`${DELIVERY}/compose.services.yaml`, composeFaults],
  [`${DELIVERY}/compose.observe.yaml`, observeFaults],
  [`${DELIVERY}/Jenkinsfile`, jenkinsfileFaults],
  ['.github/workflows/deliver.yaml', workflowFaults],
  ['.github/renovate.json', updateFaults],
  ['k8s/overlays/test/stand-ins/postgres-entrypoint.sh', shellFaults],
  ...SCRIPTS.map((script) => [`${DELIVERY}/${script}`, shellFaults] as const),
]);

/** What bash does not understand of a script. */
async function shellFaults(script: string): Promise<string[]> {
  const bash = spawn('bash', ['-n'], { stdio: ['pipe', 'ignore', 'pipe'] });
  bash.stdin.end(script);
  const [said] = await Promise.all([text(bash.stderr), once(bash, 'exit')]);
  return said.split('\n').filter(Boolean).slice(0, 1);
}
