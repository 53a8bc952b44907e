import { type Alternatives, type Requirements, Rule, ruleKey } from '@airline/service/server';
import {
  AuthenticatedSpecDefinition,
  PolicySpecDefinition,
  RequiresScopesSpecDefinition,
  type Schema,
} from '@apollo/federation-internals';
import { type GraphQLObjectType, getNamedType, isLeafType } from 'graphql';
import { isIntrospection } from '../syntax/introspection.ts';
import { type Element, tagsOf } from './tags.ts';

/** The tag of what anyone may see, on a field or on its type. */
const PUBLIC = 'public';

/** What one element of the supergraph has of its own. */
interface Marks extends Requirements {
  readonly public: boolean;
}

const unmarked: Marks = { public: false, known: false, scopes: [], policies: [] };

/**
 * Who may see what, as the supergraph says it by `@authenticated`, `@requiresScopes`, `@policy` and `@tag(name: "public")`.
 *
 * Objects are of concrete types, whose rules decide. Composition gives an interface what all types that implement it require,
 * and copies what the fields of an `@interfaceObject` require to these types.
 */
export class Access {
  readonly #marks: ReadonlyMap<string, Marks>;
  readonly #rules = new Map<string, Rule>();
  readonly #known = this.#ruleOf([{ ...unmarked, known: true }]);

  /** @param supergraph with its directives */
  constructor(supergraph: Schema) {
    this.#marks = marksOf(supergraph);
  }

  /** Of the type's objects, wherever they are. */
  ofType({ name }: GraphQLObjectType): Rule | undefined {
    return this.#ruleOf([this.#marksOf(name)]);
  }

  /**
   * Of a field, beside those of its type and of the objects that it returns. One that is not public and has no rule, its own
   * or its type's, requires a known caller.
   */
  ofField(type: GraphQLObjectType, field: string): Rule | undefined {
    if (field === '__typename') return undefined;
    if (isIntrospection(field)) return this.#known;
    const definition = type.getFields()[field];
    if (!definition) throw new Error(`The schema has no field ${type.name}.${field}.`);
    const own = this.#marksOf(`${type.name}.${field}`);
    const ofType = this.#marksOf(type.name);
    const returned = getNamedType(definition.type);
    const isOpen = own.public || ofType.public || isRule(own) || isRule(ofType);
    return this.#ruleOf([
      isOpen ? own : { ...own, known: true },
      isLeafType(returned) ? this.#marksOf(returned.name) : unmarked,
    ]);
  }

  #marksOf(coordinate: string): Marks {
    return this.#marks.get(coordinate) ?? unmarked;
  }

  #ruleOf(marks: readonly Marks[]): Rule | undefined {
    const requirements: Requirements = {
      known: marks.some(({ known }) => known),
      scopes: marks.flatMap(({ scopes }) => scopes),
      policies: marks.flatMap(({ policies }) => policies),
    };
    if (!isRule(requirements)) return undefined;
    const key = ruleKey(requirements);
    const rule = this.#rules.get(key) ?? new Rule(requirements);
    this.#rules.set(key, rule);
    return rule;
  }
}

const isRule = ({ known, scopes, policies }: Requirements): boolean =>
  known || scopes.length > 0 || policies.length > 0;

function marksOf(supergraph: Schema): Map<string, Marks> {
  const named = (identity: string, directive: string) =>
    supergraph.coreFeatures?.getByIdentity(identity)?.directiveNameInSchema(directive);
  const isTagged = tagsOf(supergraph);
  const authenticated = named(AuthenticatedSpecDefinition.identity, 'authenticated');
  const requiresScopes = named(RequiresScopesSpecDefinition.identity, 'requiresScopes');
  const policy = named(PolicySpecDefinition.identity, 'policy');
  const marks = new Map<string, Marks>();
  const read = (element: Element & { readonly coordinate: string }): void => {
    let read = isTagged(element, PUBLIC) ? { ...unmarked, public: true } : unmarked;
    for (const directive of element.appliedDirectives) {
      const given: Given = directive.arguments();
      // Who has a scope or a policy is known.
      if (directive.name === authenticated) read = { ...read, known: true };
      if (directive.name === requiresScopes && given.scopes) read = { ...read, scopes: [given.scopes] };
      if (directive.name === policy && given.policies) read = { ...read, policies: [given.policies] };
    }
    if (read !== unmarked) marks.set(element.coordinate, read);
  };
  for (const type of supergraph.allTypes()) {
    read(type);
    if (type.kind === 'ObjectType') for (const field of type.fields()) read(field);
  }
  return marks;
}

/** The arguments of the directives that are read. */
interface Given {
  readonly scopes?: Alternatives;
  readonly policies?: Alternatives;
}
