import { buildGraph, type Graph } from './graph.fixture.ts';
import { board, media } from './media.fixture.ts';
import { shop } from './shop.fixture.ts';

export type GraphName = 'shop' | 'media' | 'board';

/** The supergraphs over which operations are generated. */
export const graphs: Readonly<Record<GraphName, Graph>> = {
  shop: buildGraph(shop),
  media: buildGraph(media),
  board: buildGraph(board),
};

/** Aliases that are names of keys and of required fields. */
export const names = ['id', 'sku', 'name', 'weight', 'size', 'discount', 'code', 'email', 'region', 'owner'];
