import { buildSchema, type GraphQLSchema, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { emptyOperation, type FieldPath, toggleArgument, toggleField, written } from './selection.ts';

const schema = buildSchema(`
  type Query { flights(first: Int, filter: FlightFilter): [Flight!]!, flight(id: ID!): Flight, hello: String }
  type Mutation { register(input: RegisterInput!): Payload }
  type Payload { flight: Flight }
  type Flight { code: String!, id: ID!, next(id: ID!, days: Int): Flight }
  input FlightFilter { code: String }
  input RegisterInput { code: String!, cost: Int!, kind: Kind!, note: String, tags: [String!]! }
  enum Kind { JET PROP }
`);

/** The fields of a path such as `flight.next`. */
function pathOf(path: string, root = schema.getQueryType()): FieldPath {
  const [first = '', ...names] = path.split('.');
  const field = root?.getFields()[first];
  if (!field) throw new Error(`no field ${first}`);
  const fields: [typeof field, ...(typeof field)[]] = [field];
  for (const name of names) fields.push(fieldOf(schema, String(fields.at(-1)?.type), name));
  return fields;
}

function fieldOf(of: GraphQLSchema, type: string, name: string) {
  const parent = of.getType(type.replace(/[[\]!]/g, ''));
  const field = parent && 'getFields' in parent ? parent.getFields()[name] : undefined;
  if (!field || !('args' in field)) throw new Error(`no field ${name}`);
  return field;
}

function operationOf(text: string): OperationDefinitionNode {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return operation;
}

const flat = (operation: OperationDefinitionNode | undefined) =>
  operation && print(operation).replace(/\s+/g, ' ');

test('a field comes with what it requires', () => {
  const { operation, variables } = toggleField(
    emptyOperation('query' as OperationDefinitionNode['operation']),
    pathOf('flight'),
  );
  expect(flat(operation)).toBe('query ($id: ID!) { flight(id: $id) { id } }');
  expect(variables).toEqual({ id: '' });
});

test('variables have names of their own', () => {
  const { operation, variables } = toggleField(
    operationOf('query ($id: ID!) { flight(id: $id) { id } }'),
    pathOf('flight.next'),
  );
  expect(flat(operation)).toBe(
    'query ($id: ID!, $id2: ID!) { flight(id: $id) { id next(id: $id2) { id } } }',
  );
  expect(variables).toEqual({ id2: '' });
});

test('a field goes with what it has used, and with objects that are then empty', () => {
  const before = operationOf(
    'query A($id: ID!, $n: Int) { hello flights(first: $n) { id } flight(id: $id) { f: code } }',
  );
  expect(flat(toggleField(before, pathOf('flight.code')).operation)).toBe(
    'query A($n: Int) { hello flights(first: $n) { id } }',
  );
  expect(toggleField(operationOf('{ hello }'), pathOf('hello')).operation).toBeUndefined();
});

test('a mutation gets a sample of its input', () => {
  const mutation = emptyOperation('mutation' as OperationDefinitionNode['operation']);
  const { operation, variables } = toggleField(mutation, pathOf('register', schema.getMutationType()));
  expect(flat(operation)).toBe(
    'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }',
  );
  expect(variables).toEqual({ input: { code: '', cost: 0, kind: 'JET', tags: [] } });
});

test('an argument comes and goes as a variable', () => {
  const path = pathOf('flights');
  const [argument] = path[0].args;
  if (!argument) throw new Error('no argument');
  const { operation } = toggleArgument(operationOf('{ flights { id } }'), path, argument);
  expect(flat(operation)).toBe('query ($first: Int) { flights(first: $first) { id } }');
  expect(operation && flat(toggleArgument(operation, path, argument).operation)).toBe('{ flights { id } }');
});

test('what stands around an operation stays', () => {
  const text = '# About it.\n# And more.\nquery A { hello }\n\nfragment F on Flight { id }\n';
  const document = parse(text);
  const before = document.definitions[0] as OperationDefinitionNode;
  const { operation } = toggleField(before, pathOf('flights'));
  const after = written(text, document, before, operation);
  expect(after).toMatch(/^# About it\.\n# And more\.\nquery A \{/);
  expect(after).toContain('fragment F on Flight');
  expect(written('{ hello }', parse('{ hello }'), before, undefined)).not.toContain('flights');
});
