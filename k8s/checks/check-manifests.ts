import { deprecationFaults } from './deprecated.ts';
import { gatewayPodFaults } from './gateway-pods.ts';
import type { Manifest } from './manifest.ts';
import { podFaults } from './pods.ts';
import { surroundings } from './provided.ts';
import { proxyFaults } from './proxies.ts';
import { reachFaults } from './reach.ts';
import { gatewayFaults } from './references/gateways.ts';
import { keyFaults } from './references/keys.ts';
import { portFaults } from './references/ports.ts';
import { selectorFaults } from './references/selectors.ts';
import { vaultFaults } from './references/vault.ts';
import { volumeFaults } from './references/volumes.ts';
import { schemaFaults } from './schema.ts';
import { variableFaults } from './variables.ts';
import { downtimeFaults, namespaceFaults } from './zero-downtime.ts';

/** All that is wrong with what an overlay deploys; where schemas are broken, only that. */
export async function manifestFaults(overlay: string, manifests: readonly Manifest[]): Promise<string[]> {
  const broken = (await Promise.all(manifests.map(schemaFaults))).flat();
  if (broken.length > 0) return broken;
  const around = surroundings(overlay, manifests);
  return [
    ...manifests.flatMap(deprecationFaults),
    ...selectorFaults(manifests),
    ...portFaults(around),
    ...gatewayFaults(around),
    ...gatewayPodFaults(manifests),
    ...volumeFaults(around),
    ...vaultFaults(manifests),
    ...keyFaults(around),
    ...podFaults(manifests),
    ...downtimeFaults(manifests),
    ...namespaceFaults(manifests),
    ...reachFaults(manifests),
    ...proxyFaults(manifests),
    ...(await variableFaults(around)),
  ];
}
