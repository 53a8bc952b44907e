import { createRequire } from 'node:module';
import type { FetchDataRewrite } from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, isInterfaceType } from 'graphql';
import { isTree } from '../../tree.ts';

/** What the gateway's executor is known to do wrong and can be made to do right, with the reason for ours to differ. */
export const mends = {
  nestedLists:
    'lists of lists that two subgraphs fill are replaced, not merged: what the first returned is lost',
  falsyRename:
    'what the planner fetched under an alias of its own is lost where it is 0, false or an empty string',
  interfaceObject:
    'a subgraph with an @interfaceObject has the type forgotten that was known: the fields of it are lost',
} as const;

export type Mend = keyof typeof mends;

let active: ReadonlySet<Mend> = new Set();
let schema: GraphQLSchema | undefined;

const load = createRequire(createRequire(import.meta.url).resolve('@apollo/gateway'));
// Modules of CommonJS: the executor calls what their exports hold at that moment.
const merging: { deepMerge: (target: unknown, source: unknown) => unknown } = load('./utilities/deepMerge');
const rewriting: {
  applyRewrites: (
    schema: GraphQLSchema,
    rewrites: readonly FetchDataRewrite[] | undefined,
    value: unknown,
  ) => void;
} = load('./dataRewrites');

const { deepMerge } = merging;
const { applyRewrites } = rewriting;

merging.deepMerge = (target, source) =>
  active.has('nestedLists') || active.has('interfaceObject')
    ? merged(target, source)
    : deepMerge(target, source);

rewriting.applyRewrites = (supergraph, rewrites = [], value) => {
  for (const rewrite of rewrites) {
    const isMended = active.has('falsyRename') && rewrite.kind === 'KeyRenamer';
    if (isMended) rename(supergraph, rewrite.path, rewrite.renameKeyTo, value);
    else applyRewrites(supergraph, [rewrite], value);
  }
};

/** Executes by the gateway with these mends. Executions do not overlap. */
export async function withMends<Result>(
  wanted: ReadonlySet<Mend>,
  supergraph: GraphQLSchema,
  execute: () => Promise<Result>,
): Promise<Result> {
  active = wanted;
  schema = supergraph;
  try {
    return await execute();
  } finally {
    active = new Set();
  }
}

function merged(target: unknown, source: unknown): unknown {
  if (!isTree(target) || !isTree(source)) return deepMerge(target, source);
  const { __typename: typename, ...rest } = source;
  const isVague = typeof typename === 'string' && isInterfaceType(schema?.getType(typename));
  const keepsType = active.has('interfaceObject') && isVague && typeof target.__typename === 'string';
  for (const [key, value] of Object.entries(keepsType ? rest : source)) {
    if (value !== undefined) target[key] = mergedValue(target[key], value);
  }
  return target;
}

function mergedValue(known: unknown, value: unknown): unknown {
  if (isTree(known) && isTree(value)) return merged(known, value);
  if (!Array.isArray(known) || !Array.isArray(value) || known.length !== value.length) return value;
  return value.map((element: unknown, i) => {
    const isDeep = Array.isArray(element) ? active.has('nestedLists') : isTree(element) && isTree(known[i]);
    return isDeep ? mergedValue(known[i], element) : element;
  });
}

const PREFIX = '... on ';

function rename(supergraph: GraphQLSchema, path: readonly string[], to: string, value: unknown): void {
  if (Array.isArray(value)) for (const element of value) rename(supergraph, path, to, element);
  const [step, ...rest] = path;
  if (!isTree(value) || step === undefined) return;
  if (step.startsWith(PREFIX)) {
    const wanted = supergraph.getType(step.slice(PREFIX.length));
    const type = supergraph.getType(String(value.__typename));
    const applies =
      value.__typename === undefined ||
      type === wanted ||
      (isAbstractType(wanted) && isPossible(supergraph, wanted, type));
    if (applies) rename(supergraph, rest, to, value);
  } else if (rest.length > 0) rename(supergraph, rest, to, value[step]);
  else if (value[step] !== undefined) {
    value[to] = value[step];
    value[step] = undefined;
  }
}

const isPossible = (
  supergraph: GraphQLSchema,
  wanted: Parameters<GraphQLSchema['isSubType']>[0],
  type: ReturnType<GraphQLSchema['getType']>,
) => (type && 'getFields' in type && !('isOneOf' in type) ? supergraph.isSubType(wanted, type) : false);
