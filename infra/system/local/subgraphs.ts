import { type Service, services } from '@airline/schema/events';
import type { Subgraph } from '@airline/service';

/** Loads the definition of a subgraph, which its main.ts exports. */
export async function loadSubgraph(name: Service): Promise<Subgraph> {
  const main = new URL(`../../../subgraphs/${name}/src/main.ts`, import.meta.url);
  const { subgraph }: { readonly subgraph: Subgraph } = await import(main.href);
  return subgraph;
}

/** Every subgraph of the list in schema/subgraphs.ts. */
export const loadSubgraphs = (): Promise<Subgraph[]> => Promise.all(services.map(loadSubgraph));
