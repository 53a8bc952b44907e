import { routerFeatures } from '@airline/schema/supported-features';
import { type ConstDirectiveNode, parse, print, visit } from 'graphql';
import { argument } from '../corrections/index.ts';

/**
 * A supergraph as the gateway loads it: it refuses specifications that its own executor lacks. Those that the router
 * implements lose the mark that they must be understood.
 */
export function forGateway(supergraphSdl: string): string {
  if (![...routerFeatures].some((url) => supergraphSdl.includes(url))) return supergraphSdl;
  return print(
    visit(parse(supergraphSdl, { noLocation: true }), {
      SchemaDefinition: (node) => ({ ...node, directives: node.directives?.map(unmarked) ?? [] }),
    }),
  );
}

function unmarked(directive: ConstDirectiveNode): ConstDirectiveNode {
  const url = argument(directive, 'url');
  if (typeof url !== 'string' || !routerFeatures.has(url)) return directive;
  return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== 'for') ?? [] };
}
