import { type AccessDirective, accessDirective, isFederation } from '@airline/schema/access';
import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
} from 'graphql';
import { RequestError } from '../errors/errors.ts';
import { type Caller, everyone } from '../identity/caller.ts';
import { isKnown, Rule } from '../identity/rule.ts';

type Field = GraphQLField<unknown, unknown>;

/** @throws RequestError UNAUTHENTICATED for anonymous callers, FORBIDDEN for others who may not see the field */
export type FieldGuard = (caller: Caller) => void;

/**
 * The check of who may see a field, by the directives of the subgraph's SDL on the field, its type and a scalar or enum that it
 * returns. A field without any is for known callers. Undefined for what anyone may see.
 */
export function fieldGuard(type: GraphQLObjectType, field: Field): FieldGuard | undefined {
  // Federation's own fields show what the fields of entities do.
  if (isFederation(type.name) || isFederation(field.name)) return undefined;
  const returned = getNamedType(field.type);
  const ofField = [...rulesOf(field), ...rulesOf(type)];
  const rules = [...ofField, ...(isLeafType(returned) ? rulesOf(returned) : [])];
  const rule = new Rule({
    known: ofField.length === 0 || rules.some(({ name }) => name === 'authenticated'),
    scopes: rules.flatMap((each) => (each.name === 'requiresScopes' ? [each.alternatives] : [])),
    policies: rules.flatMap((each) => (each.name === 'policy' ? [each.alternatives] : [])),
  });
  if (rules.length > 0 && rules.every(({ name }) => name === 'public')) return undefined;
  const required = `${type.name}.${field.name} requires ${rule.words}.`;
  return (caller) => {
    if (caller === everyone || rule.holds(caller)) return;
    throw new RequestError(isKnown(caller) ? 'FORBIDDEN' : 'UNAUTHENTICATED', required);
  };
}

function rulesOf(of: GraphQLNamedType | Field): AccessDirective[] {
  const nodes: readonly WithDirectives[] = [
    of.astNode ?? {},
    ...('extensionASTNodes' in of ? of.extensionASTNodes : []),
  ];
  return nodes.flatMap(({ directives = [] }) => directives.flatMap((each) => accessDirective(each) ?? []));
}

interface WithDirectives {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}
