import { subgraphs } from '@airline/schema/events';

const EACH = /^ *# for each subgraph\n(.*?)^ *# end\n/gms;

/**
 * Repeats the lines between the comments `# for each subgraph` and `# end` for each subgraph of the list, with `$name`,
 * `$NAME` and `$port` replaced.
 */
export function forEachSubgraph(
  template: string,
  list: Readonly<Record<string, { readonly port: number }>> = subgraphs,
): string {
  return template.replaceAll(EACH, (_, lines: string) =>
    Object.entries(list)
      .map(([name, { port }]) =>
        lines
          .replaceAll('$name', name)
          .replaceAll('$NAME', name.toUpperCase())
          .replaceAll('$port', String(port)),
      )
      .join(''),
  );
}
