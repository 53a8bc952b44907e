import { isStorable } from '@airline/schema/events';
import { GraphQLError, Kind, type VariableDefinitionNode } from 'graphql';
import type { Limits } from './limits.ts';
import { numberFault, textFault } from './text-fault.ts';

/**
 * The first text or number in the variables of an operation that no client may send.
 *
 * @returns an error that names its path, such as `input.customerId`
 */
export function variableTextError(
  definitions: readonly VariableDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
): GraphQLError | undefined {
  for (const { variable, type } of definitions) {
    const { value: name } = variable.name;
    const faultOf = isRepresentation(type) ? keyFault : (text: string) => textFault(text, limits);
    const found = Object.hasOwn(variables, name) && faultIn(variables[name], name, faultOf);
    if (!found) continue;
    const extensions = { code: 'BAD_USER_INPUT', field: found.path, http: { status: 400 } };
    return new GraphQLError(`"${found.path}" ${found.fault}.`, { extensions });
  }
  return undefined;
}

/** Keys of entities come from rows, which may be older than the rules for texts. */
const keyFault = (text: string): string | undefined =>
  isStorable(text) ? undefined : 'must not contain a lone surrogate or the character U+0000';

function isRepresentation(type: VariableDefinitionNode['type']): boolean {
  return type.kind === Kind.NAMED_TYPE ? type.name.value === '_Any' : isRepresentation(type.type);
}

interface Found {
  readonly path: string;
  readonly fault: string;
}

/** Depth is bounded: the limits of a request's JSON come before. */
function faultIn(
  value: unknown,
  path: string,
  faultOf: (text: string) => string | undefined,
): Found | undefined {
  if (typeof value === 'string') {
    const fault = faultOf(value);
    return fault === undefined ? undefined : { path, fault };
  }
  if (typeof value === 'number') {
    const fault = numberFault(value);
    return fault === undefined ? undefined : { path, fault };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const isList = Array.isArray(value);
  for (const [name, inner] of Object.entries(value)) {
    const found = faultIn(inner, isList ? `${path}[${name}]` : `${path}.${name}`, faultOf);
    if (found) return found;
  }
  return undefined;
}
