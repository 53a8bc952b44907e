export interface ClusterConfig {
  /** The program that is kubectl, and what comes before its arguments. */
  readonly kubectl: readonly string[];
}

/** The cluster, and the program that reaches it: `KUBECTL`, a command with spaces between its words. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ClusterConfig {
  const { KUBECTL = 'kubectl' } = env;
  return { kubectl: KUBECTL.split(' ').filter((word) => word !== '') };
}
