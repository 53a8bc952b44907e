import type { GraphQLCompositeType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Access } from './access.ts';
import { objectTypes } from './touched.ts';

/** What one caller may not see, by the rules that do not hold for them. */
export class Denials {
  readonly schema: GraphQLSchema;
  readonly #access: Access;
  readonly #denied: ReadonlySet<string>;

  /** @param denied the keys of the rules that do not hold */
  constructor(schema: GraphQLSchema, access: Access, denied: readonly string[]) {
    this.schema = schema;
    this.#access = access;
    this.#denied = new Set(denied);
  }

  /** Whether nothing of the type's objects may be seen, nor that there is one. */
  hasType(type: GraphQLObjectType): boolean {
    return this.#deniedRule(this.#access.ofType(type)) !== undefined;
  }

  /**
   * Why a field may not be seen, in words that say no more than the schema does; undefined where it may. Of an abstract type:
   * on none of its objects.
   */
  ofField(type: GraphQLCompositeType, name: string): string | undefined {
    if (name === '__typename') return undefined;
    const reasons = objectTypes(type, this.schema).map((each) => this.#reasonOf(each, name));
    if (reasons.includes(undefined)) return undefined;
    const [reason = HIDDEN] = new Set(reasons);
    return `${type.name}.${name} ${reasons.every((each) => each === reason) ? reason : HIDDEN}.`;
  }

  #reasonOf(type: GraphQLObjectType, name: string): string | undefined {
    const rule =
      this.#deniedRule(this.#access.ofType(type)) ?? this.#deniedRule(this.#access.ofField(type, name));
    if (rule) return `requires ${rule.words}`;
    const returned = type.getFields()[name]?.type;
    const objects = returned ? objectTypes(returned, this.schema) : [];
    if (objects.length === 0 || !objects.every((each) => this.hasType(each))) return undefined;
    const [only, another] = objects;
    const required = only && !another ? this.#access.ofType(only) : undefined;
    return required ? `requires ${required.words}` : HIDDEN;
  }

  #deniedRule(rule: ReturnType<Access['ofType']>) {
    return rule && this.#denied.has(rule.key) ? rule : undefined;
  }
}

const HIDDEN = 'is not for this caller';
