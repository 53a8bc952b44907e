import { type Manifest, title } from './manifest.ts';

/**
 * Fields, annotations and labels that Kubernetes deprecates, by the end of their JSON pointers, and what replaces them. The API
 * server warns of most of them (https://kubernetes.io/docs/reference/using-api/deprecation-guide/); schemas do not tell.
 */
const DEPRECATED: readonly (readonly [pointer: RegExp, instead: string])[] = [
  [/^\/spec(\/template\/spec)?\/serviceAccount$/, 'serviceAccountName'],
  [/^\/spec\/loadBalancerIP$/, 'an annotation of the cloud'],
  [/\/volumes\/\d+\/gitRepo$/, 'an init container'],
  [
    /\/(volumes\/\d+|persistentVolumeSource|spec)\/(glusterfs|rbd|cephfs|flocker|quobyte|scaleIO|storageos|photonPersistentDisk)$/,
    'a CSI driver',
  ],
  [
    /\/(volumes\/\d+|spec)\/(azureDisk|azureFile|awsElasticBlockStore|gcePersistentDisk|cinder|vsphereVolume|portworxVolume)$/,
    'a CSI driver',
  ],
  [/\/annotations\/kubernetes\.io\/ingress\.class$/, 'ingressClassName'],
  [/\/annotations\/volume\.(alpha|beta)\.kubernetes\.io\/storage-class$/, 'storageClassName'],
  [/\/annotations\/service\.kubernetes\.io\/topology-(mode|aware-hints)$/, 'trafficDistribution'],
  [/\/annotations\/service\.alpha\.kubernetes\.io\/tolerate-unready-endpoints$/, 'publishNotReadyAddresses'],
  [
    /\/annotations\/(container\.)?seccomp\.security\.alpha\.kubernetes\.io\//,
    'securityContext.seccompProfile',
  ],
  [/\/annotations\/container\.apparmor\.security\.beta\.kubernetes\.io\//, 'securityContext.appArmorProfile'],
  [
    /\/(beta|failure-domain\.beta)\.kubernetes\.io\/(os|arch|instance-type|zone|region)$/,
    'the label without beta',
  ],
];

/** Kinds that are deprecated as a whole. */
const KINDS: Readonly<Record<string, string>> = { Endpoints: 'EndpointSlice', ComponentStatus: 'nothing' };

/** What the manifest uses that Kubernetes deprecates. */
export function deprecationFaults(manifest: Manifest): string[] {
  const instead = KINDS[manifest.kind];
  return [
    ...(instead === undefined ? [] : [`its kind is deprecated in favour of ${instead}`]),
    ...pointersOf(manifest, '').flatMap((pointer) =>
      DEPRECATED.filter(([pattern]) => pattern.test(pointer)).map(
        ([, replacement]) => `${pointer} is deprecated in favour of ${replacement}`,
      ),
    ),
  ].map((fault) => `${title(manifest)}: ${fault}`);
}

/** The pointers of all fields; a key is not escaped. */
function pointersOf(value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [
    `${at}/${key}`,
    ...pointersOf(field, `${at}/${key}`),
  ]);
}
