import type { Caller } from '@airline/service/server';
import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Mark, Marks } from './random-rules.fixture.ts';
import { objectTypes } from './touched.ts';

/** Under which the model knows the type of each object. */
const TYPE = 'typeForTheModel';

/** The operation with the type of each object. */
export const withTypes = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: (set): SelectionSetNode => ({
      ...set,
      selections: [
        ...set.selections,
        {
          kind: Kind.FIELD,
          alias: { kind: Kind.NAME, value: TYPE },
          name: { kind: Kind.NAME, value: '__typename' },
        },
      ],
    }),
  });

/** Who may see what, said as plainly as can be. */
export class Model {
  readonly #schema: GraphQLSchema;
  readonly #marks: Marks;
  readonly #caller: Caller;

  constructor(schema: GraphQLSchema, marks: Marks, caller: Caller) {
    this.#schema = schema;
    this.#marks = marks;
    this.#caller = caller;
  }

  #mark = (coordinate: string): Mark => this.#marks.get(coordinate) ?? {};

  #satisfies({ authenticated, scopes, policies }: Mark): boolean {
    const { subject, roles, scopes: given } = this.#caller;
    if (authenticated && subject === undefined) return false;
    const policiesOf: string[] = [...roles];
    if (roles.includes('customer')) policiesOf.push('owner');
    const one = (lists: Mark['scopes'], names: readonly string[]) =>
      !lists || lists.some((all) => all.every((name) => names.includes(name)));
    return one(scopes, given) && one(policies, policiesOf);
  }

  mayType = (name: string): boolean => this.#satisfies(this.#mark(name));

  mayField(type: GraphQLObjectType, name: string): boolean {
    const definition = type.getFields()[name];
    if (!definition) return true;
    const own = this.#mark(`${type.name}.${name}`);
    const ofType = this.#mark(type.name);
    const hasRule = [own, ofType].some(
      (mark) => mark.authenticated === true || mark.scopes !== undefined || mark.policies !== undefined,
    );
    const isClosed = !own.public && !ofType.public && !hasRule;
    if (isClosed && this.#caller.subject === undefined) return false;
    return this.mayType(type.name) && this.#satisfies(own) && this.#mayReturn(definition.type);
  }

  #mayReturn(type: GraphQLOutputType): boolean {
    const named = getNamedType(type);
    if (isLeafType(named) || isObjectType(named)) return this.mayType(named.name);
    return this.#schema.getPossibleTypes(named).some(({ name }) => this.mayType(name));
  }

  /** Whether anything that a document names may not be seen, on some object that it may be for. */
  withholds(document: DocumentNode): boolean {
    const types = new TypeInfo(this.#schema);
    let withheld = false;
    const see = (type: GraphQLOutputType | null | undefined): void => {
      for (const each of type ? objectTypes(type, this.#schema) : []) withheld ||= !this.mayType(each.name);
    };
    see(this.#schema.getQueryType());
    visit(
      document,
      visitWithTypeInfo(types, {
        Field: ({ name }) => {
          for (const type of objectTypes(types.getParentType() ?? GraphQLString, this.#schema))
            withheld ||= !this.mayField(type, name.value);
          see(types.getType());
        },
      }),
    );
    return withheld;
  }

  /**
   * What graphql-js makes of an operation over all that there is, where each field and object that may not be seen throws.
   * @param data the response to the operation with types, for a caller who may see everything
   */
  async respond(document: DocumentNode, variables: Readonly<Record<string, unknown>>, data: unknown) {
    const { errors = [], ...result } = await execute({
      schema: this.#schema,
      document,
      variableValues: variables,
      rootValue: data,
      fieldResolver: (source, _, __, { path, parentType, fieldName }) => {
        if (!this.mayField(parentType, fieldName)) throw new GraphQLError('forbidden');
        return source[path.key];
      },
      typeResolver: (value) => {
        const name = value[TYPE];
        if (!this.mayType(name)) throw new GraphQLError('forbidden');
        return name;
      },
    });
    return {
      data: JSON.parse(JSON.stringify(result.data)) as unknown,
      paths: errors.map(({ path }) => path ?? []),
      others: errors.filter(({ message }) => message !== 'forbidden'),
    };
  }
}
