import { manifests } from './airline.ts';
import { CLIENT_NAMESPACE } from './client-pod.ts';
import { readConfig } from './config.ts';
import { DEFINED_BY_TESTS } from './gateway.ts';
import { kubectl } from './kubectl.ts';

/** After all files of tests: removes what they have brought into the cluster, unless it is to stay for the next run. */
export async function teardown(): Promise<void> {
  if (readConfig().isKept) return;
  const brought = (await manifests()).filter(({ metadata }) => metadata.namespace === undefined);
  const names = brought.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  const gone = ['--ignore-not-found', '--timeout=600s'];
  await kubectl(['delete', `namespace/${CLIENT_NAMESPACE}`, ...names, ...gone]);
  await kubectl(['delete', 'crd', '--selector', DEFINED_BY_TESTS, ...gone]);
}
