import { type Service, services } from '@airline/schema/events';
import { StartError, type Subgraph } from '@airline/service';

const FOLDER = new URL('../../../subgraphs/', import.meta.url);

/**
 * Loads the definition of a subgraph, which its main.ts exports.
 * @throws StartError for one with the name of another, whose variables, port and database it would have
 */
export async function loadSubgraph(name: Service, folder = FOLDER): Promise<Subgraph> {
  const main = new URL(`${name}/src/main.ts`, folder);
  const { subgraph }: { readonly subgraph: Subgraph } = await import(main.href);
  if (subgraph.name !== name) {
    throw new StartError(
      `subgraphs/${name}/src/main.ts says its name is ${subgraph.name}: it must be ${name}.`,
    );
  }
  return subgraph;
}

/** Every subgraph of the list in schema/subgraphs.ts. */
export const loadSubgraphs = (): Promise<Subgraph[]> =>
  Promise.all(services.map((name) => loadSubgraph(name)));
