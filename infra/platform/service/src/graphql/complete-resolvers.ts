/** The type that a resolver returns. */
type Result<Resolver> = Resolver extends (...args: never[]) => infer Returned ? Returned : never;

/** The values of an enum, in lists and behind methods, too; none of `string`, which is no enum. */
type Literals<Value> = Value extends string
  ? string extends Value
    ? never
    : Value
  : Value extends readonly (infer Each)[] | (() => infer Each) | PromiseLike<infer Each>
    ? Literals<Each>
    : never;

/**
 * Whether graphql-js reads the field from the parent itself: a property, or a method without arguments. A nullable field
 * is not read from a property that is never null: the SDL may lack a `!`, and a resolver declares that it does not. Nor is
 * an enum read from a property that lacks one of its values.
 */
type IsRead<Parent, Field, Resolver> = Field extends keyof Parent
  ? [Parent[Field]] extends [never]
    ? false // Of a root type, which is an empty record.
    : [Parent[Field], Literals<Result<Resolver>>] extends [
          Result<Resolver> | (() => Result<Resolver>),
          Literals<Parent[Field]>,
        ]
      ? null extends Result<Resolver>
        ? null extends Parent[Field]
          ? true
          : false
        : true
      : false
  : false;

/** Whether an entity's parent type is its reference, so that `__resolveReference` has its default. */
type IsReference<Parent, Resolver> = Resolver extends (
  reference: infer Reference,
  ...rest: never[]
) => unknown
  ? [Reference] extends [Parent]
    ? true
    : false
  : false;

type RequiredFields<Fields, Parent> = {
  [Field in keyof Fields as Field extends '__isTypeOf'
    ? never
    : (
          Field extends '__resolveReference'
            ? IsReference<Parent, NonNullable<Fields[Field]>>
            : IsRead<Parent, Field, NonNullable<Fields[Field]>>
        ) extends true
      ? never
      : Field]-?: NonNullable<Fields[Field]>;
};

/** The object types that lack a field somewhere; a scalar's parent is no object. */
type Incomplete<Resolvers, Parents> = {
  [Type in keyof Resolvers & keyof Parents]: Parents[Type] extends object
    ? keyof RequiredFields<NonNullable<Resolvers[Type]>, Parents[Type]> extends never
      ? never
      : Type
    : never;
}[keyof Resolvers & keyof Parents];

/**
 * The resolver map of a whole subgraph: the generated `Resolvers`, where a field is required unless its parent holds it.
 * `Parents` are the generated `ResolversParentTypes`. So a field of the SDL without a column or a resolver, a type left
 * out and an entity without `__resolveReference` do not compile, instead of being null for clients.
 */
export type CompleteResolvers<Resolvers, Parents> = Resolvers & {
  [Type in Incomplete<Required<Resolvers>, Parents>]: RequiredFields<
    Required<Resolvers>[Type],
    Parents[Type]
  >;
};
