import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Whether an object with this `__typename` fulfils a type condition; false where there is none. */
export function isOfType(schema: GraphQLSchema, typename: unknown, condition: string): boolean {
  if (typeof typename !== 'string') return false;
  if (typename === condition) return true;
  const type = schema.getType(typename);
  const wanted = schema.getType(condition);
  if (!isAbstractType(wanted) || !(isObjectType(type) || isInterfaceType(type))) return false;
  return schema.isSubType(wanted, type);
}
