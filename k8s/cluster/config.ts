export interface ClusterConfig {
  /** The program that is kubectl, and what comes before its arguments. */
  readonly kubectl: readonly string[];
  /** Whether what the tests have deployed stays, for the next run of a part of them. */
  readonly isKept: boolean;
}

/** The program that reaches the cluster, `KUBECTL`, a command with spaces between its words; and `CLUSTER_KEEP`, if it is set. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ClusterConfig {
  const { KUBECTL = 'kubectl', CLUSTER_KEEP } = env;
  return { kubectl: KUBECTL.split(' ').filter((word) => word !== ''), isKept: Boolean(CLUSTER_KEEP) };
}
