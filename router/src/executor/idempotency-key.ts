import { randomUUID } from 'node:crypto';
import { type GraphQLSchema, getNamedType, isInputObjectType, Kind, type SelectionSetNode } from 'graphql';

/** The field of an input by which a subgraph recognises a mutation that arrives twice. */
const FIELD = 'idempotencyKey';

/**
 * The variable, by the client's name, that is the input of a mutation which takes an idempotency key. Undefined where there is
 * none: where the input takes no key or is written out in the document, and where several fields would share one key.
 *
 * @param original the client's name of a variable where the planner knows it by another
 */
export function keyedVariable(
  { selections }: SelectionSetNode,
  schema: GraphQLSchema,
  original: ReadonlyMap<string, string>,
): string | undefined {
  const [field] = selections;
  if (selections.length !== 1 || field?.kind !== Kind.FIELD) return undefined;
  const args = schema.getMutationType()?.getFields()[field.name.value]?.args ?? [];
  for (const { name, value } of field.arguments ?? []) {
    const type = getNamedType(args.find((one) => one.name === name.value)?.type);
    if (value.kind === Kind.VARIABLE && isInputObjectType(type) && FIELD in type.getFields())
      return original.get(value.name.value) ?? value.name.value;
  }
  return undefined;
}

/** These variables with a key of its own in that one, unless the client has given one. */
export function withIdempotencyKey(
  variables: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const input = variables[name];
  if (typeof input !== 'object' || input === null || Reflect.get(input, FIELD) != null) return variables;
  return { ...variables, [name]: { ...input, [FIELD]: randomUUID() } };
}
