export interface ClusterConfig {
  /** The program that is kubectl, and what comes before its arguments. */
  readonly kubectl: readonly string[];
  /** A filter for manifests, for a cluster of another version: YAML or JSON in, either out. */
  readonly adapt: readonly string[] | undefined;
}

/** The cluster, and the programs that reach it: `KUBECTL` and `CLUSTER_ADAPT`, commands with spaces between their words. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ClusterConfig {
  const { KUBECTL = 'kubectl', CLUSTER_ADAPT } = env;
  const words = (command: string) => command.split(' ').filter((word) => word !== '');
  return { kubectl: words(KUBECTL), adapt: CLUSTER_ADAPT ? words(CLUSTER_ADAPT) : undefined };
}
