/** An invalid name of a subgraph, or of its event. */
export class SubgraphNameError extends Error {
  override name = 'SubgraphNameError';
}
