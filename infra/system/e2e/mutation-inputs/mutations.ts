import type { Service } from '@airline/schema/events';
import { present } from '@airline/testing';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { schemaOf } from '../ownership/subgraphs.fixture.ts';
import { valuesOf } from '../ownership/values.ts';
import { AT, rowsOf, type World } from '../ownership/world.ts';

// Each mutation of each subgraph as it may be sent.

/** Of which each service has rows. */
export const WORLD: World = [
  { owner: 'kim', status: 'PENDING', payment: undefined, key: false, steps: ['ReservationPlaced'] },
  { owner: 'lee', status: 'SUCCEED', payment: 'PAID', key: false, steps: ['ReservationPlaced', 'Paid'] },
];

/** One value of a mutation's arguments. */
export interface Leaf {
  readonly name: string;
  /** As a refusal names it. */
  readonly path: string;
  readonly type: GraphQLLeafType;
  readonly isOptional: boolean;
  readonly description: string;
  /** The arguments with this value; undefined: it is left out. */
  with(value: unknown): Readonly<Record<string, unknown>>;
}

export interface Mutation {
  readonly service: Service;
  readonly name: string;
  readonly isTaggedIdempotent: boolean;
  /** What must be given. */
  readonly required: Readonly<Record<string, unknown>>;
  readonly leaves: readonly Leaf[];
  readonly text: string;
}

export function mutationsOf(service: Service): Mutation[] {
  const fields = Object.values(schemaOf(service).getMutationType()?.getFields() ?? {});
  return fields.map((field) => mutationOf(service, field));
}

function mutationOf(service: Service, field: GraphQLField<unknown, unknown>): Mutation {
  const { name, args, type, astNode } = field;
  const required = Object.fromEntries(
    args
      .filter((arg) => isNonNullType(arg.type))
      .map((arg) => [arg.name, sample(service, arg.name, arg.type)]),
  );
  const declared = args.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const operation = `${name}${passed && `(${passed})`} ${selectionOf(type, 3)}`;
  return {
    service,
    name,
    isTaggedIdempotent: (astNode?.directives ?? []).some((tag) =>
      tag.arguments?.some(({ value }) => 'value' in value && value.value === 'idempotent'),
    ),
    required,
    leaves: args.flatMap((arg) =>
      leavesIn(service, arg, arg.type, arg.name).map((leaf) => ({
        ...leaf,
        with: (value: unknown) => ({ ...required, [arg.name]: leaf.with(value) }),
      })),
    ),
    text: `mutation ${declared && `(${declared})`} { ${operation} }`,
  };
}

/** The arguments to send it with: what must be given alone, and with each value that one more may have. */
export const commandsOf = ({ service, required, leaves }: Mutation) => [
  required,
  ...leaves.flatMap((leaf) => samplesOf(service, leaf).map(leaf.with)),
];

type Inner = Omit<Leaf, 'with'> & { with(value: unknown): unknown };

/** What has a name and is described: an argument, or a field of an input. */
type Named = Pick<GraphQLArgument, 'name' | 'description'>;

function leavesIn(service: Service, named: Named, given: GraphQLInputType, path: string): Inner[] {
  const { name } = named;
  const isOptional = !isNonNullType(given);
  const type = isNonNullType(given) ? given.ofType : given;
  if (isListType(type)) {
    const inner = leavesIn(service, named, type.ofType, `${path}.0`);
    return inner.map((leaf) => ({ ...leaf, with: (value) => [leaf.with(value)] }));
  }
  if (!isInputObjectType(type)) {
    return [{ name, path, type, isOptional, description: named.description ?? '', with: (value) => value }];
  }
  const others = Object(sample(service, name, type));
  return Object.values(type.getFields()).flatMap((field) =>
    leavesIn(service, field, field.type, `${path}.${field.name}`).map((leaf) => ({
      ...leaf,
      with: (value: unknown) => ({ ...others, [field.name]: leaf.with(value) }),
    })),
  );
}

/** A valid value of a type; of an input, with what must be given alone. */
function sample(service: Service, name: string, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(service, name, type.ofType);
  if (isListType(type)) return [sample(service, name, type.ofType)];
  if (!isInputObjectType(type)) return present(samplesOf(service, { name, type })[0], `a value of ${name}`);
  const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return Object.fromEntries(required.map((field) => [field.name, sample(service, field.name, field.type)]));
}

/** Valid values, none of them null. */
export function samplesOf(service: Service, { name, type }: Pick<Leaf, 'name' | 'type'>): readonly unknown[] {
  if (isEnumType(type)) return type.getValues().map((value) => value.name);
  if (type.name === 'DateTime') return [AT, '2024-11-21T10:00:01.000Z'];
  const [[first = {}] = []] = Object.values(rowsOf(service, WORLD)) as readonly (readonly object[])[];
  // Whatever else an id is of, it may be of nobody.
  const known = valuesOf(service)[name] ?? (type.name === 'ID' ? [Object.values(first)[0]] : undefined);
  return present(
    known,
    `value of "${name}": add valid ones to \`values\` of subgraphs/${service}/src/ownership.fixture.ts`,
  )
    .flat()
    .filter((value) => value !== null);
}

function selectionOf(of: GraphQLOutputType, depth: number): string {
  const type = getNamedType(of);
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter(
    ({ args, type: inner }) => args.length === 0 && (depth > 1 || isLeafType(getNamedType(inner))),
  );
  return `{ ${fields.map((field) => `${field.name} ${selectionOf(field.type, depth - 1)}`).join(' ')} }`;
}
