import { hash } from './hash.fixture.ts';

/** A field of a type: of which subgraphs, and what it requires there. */
interface Field {
  readonly name: string;
  readonly kind: 'leaf' | 'object' | 'list' | 'union';
  /** The type that it leads to. */
  readonly to: string;
  readonly owners: readonly string[];
  readonly hasArgument: boolean;
  required?: string;
}

const KINDS = ['leaf', 'leaf', 'leaf', 'object', 'list', 'union'] as const;
const KEYS = [['id'], ['id', 'k { x }'], ['k { x }', 'id'], ['id', 'c e'], ['c e', 'id']];
const TYPES = ['T0', 'T1', 'T2'];

/**
 * The SDL of three or four subgraphs by name, which may not compose: types with keys of several forms, fields in several
 * subgraphs, with arguments, and `@requires` of up to two fields, which may require others; in many an interface object, M.
 */
export const randomGraph = (seed: number): Record<string, string> => new RandomGraph(seed).subgraphs();

class RandomGraph {
  readonly #seed: number;
  #turn = 0;
  readonly #names: readonly string[];
  readonly #hasInterface: boolean;
  /** The subgraphs of each type. */
  readonly #places = new Map<string, readonly string[]>();
  readonly #fields = new Map<string, Field[]>();
  /** `subgraph.Type.field` of what is external. */
  readonly #external = new Set<string>();

  constructor(seed: number) {
    this.#seed = seed;
    this.#names = ['a', 'b', 'c', 'd'].slice(0, 3 + this.#below(2));
    this.#hasInterface = this.#chance(45);
    for (const type of TYPES) this.#places.set(type, this.#placesOf(type));
    // The interface is in a, its object elsewhere.
    if (this.#hasInterface) this.#places.set('M', ['b', 'c']);
    const types = [...this.#places.keys()];
    for (const type of types) this.#fields.set(type, this.#fieldsOf(type));
    for (const type of types) for (const field of this.#of(type)) this.#require(type, field);
  }

  #below(limit: number): number {
    this.#turn += 1;
    return hash(this.#seed, this.#turn) % limit;
  }

  #chance = (percent: number): boolean => this.#below(100) < percent;

  #choose<Element>(elements: readonly [Element, ...Element[]] | readonly Element[]): Element {
    const element = elements[this.#below(elements.length)];
    if (element === undefined) throw new Error('There is nothing to choose from.');
    return element;
  }

  #isIn = (type: string, subgraph: string): boolean => this.#places.get(type)?.includes(subgraph) ?? false;

  #of = (type: string): readonly Field[] => this.#fields.get(type) ?? [];

  #implements = (type: string): boolean => this.#hasInterface && (type === 'T0' || type === 'T1');

  #placesOf(type: string): readonly string[] {
    if (this.#implements(type)) return ['a'];
    const some = this.#names.filter(() => this.#chance(75));
    return some.length < 2 ? this.#names.slice(0, 2) : some;
  }

  #fieldsOf(type: string): Field[] {
    const places = this.#places.get(type) ?? [];
    return Array.from({ length: 5 }, (_, index) => {
      const owner = this.#choose(places);
      const isShared = type !== 'M' && this.#chance(20);
      const owners = isShared ? places.filter((place) => place === owner || this.#chance(60)) : [owner];
      const targets = [...this.#places.keys()].filter((to) => owners.every((place) => this.#isIn(to, place)));
      const wanted = this.#choose(KINDS);
      const isUnion = wanted === 'union' && (isShared || !TYPES.some((to) => this.#isIn(to, owner)));
      const kind = isUnion || targets.length === 0 ? 'leaf' : wanted;
      const to = kind === 'object' || kind === 'list' ? this.#choose(targets) : '';
      const name = `${type.toLowerCase()}f${index}`;
      return { name, kind, to, owners, hasArgument: kind === 'leaf' && this.#chance(35) };
    });
  }

  /** Makes a field require up to two that are elsewhere, or what is below them. */
  #require(type: string, field: Field): void {
    const [owner = '', ...others] = field.owners;
    if (others.length > 0 || !this.#chance(45)) return;
    // In one order, so that no field requires itself.
    const rank = ({ name }: Field) => hash(this.#seed, name);
    const elsewhere = (other: Field) => rank(other) > rank(field) && !other.owners.includes(owner);
    const candidates = this.#of(type).filter((other) => elsewhere(other) && other.kind !== 'union');
    const chosen = candidates.filter(() => this.#chance(50)).slice(0, 2);
    const parts = chosen.flatMap((other) => {
      if (other.kind === 'leaf') return [this.#call(owner, type, other)];
      const below = this.#of(other.to).filter((inner) => elsewhere(inner) && inner.kind === 'leaf');
      if (!this.#isIn(other.to, owner) || below.length === 0) return [];
      this.#external.add(`${owner}.${type}.${other.name}`);
      return [`${other.name} { ${this.#call(owner, other.to, this.#choose(below))} }`];
    });
    if (parts.length > 0) field.required = parts.join(' ');
  }

  #call(owner: string, type: string, { name, hasArgument }: Field): string {
    this.#external.add(`${owner}.${type}.${name}`);
    return hasArgument ? `${name}(n: ${this.#below(3)})` : name;
  }

  subgraphs(): Record<string, string> {
    return Object.fromEntries(this.#names.map((name) => [name, this.#sdl(name)]));
  }

  #sdl(subgraph: string): string {
    const types = [...this.#places.keys()].filter((type) => this.#isIn(type, subgraph));
    const members = types.filter((type) => type !== 'M');
    const roots = types.flatMap((type) => [
      ...(this.#chance(70) ? [`${subgraph}_${type.toLowerCase()}: ${type}`] : []),
      ...(this.#chance(50) ? [`${subgraph}_${type.toLowerCase()}s: [${type}!]`] : []),
    ]);
    const any = members.length > 0 ? [`${subgraph}_any: [U${subgraph}]`] : [];
    const objects = types.map((type) => this.#type(type, subgraph));
    return [
      `type Query { q_${subgraph}: Int ${[...roots, ...any].join(' ')} }`,
      ...(members.length > 0 ? [`union U${subgraph} = ${members.join(' | ')}`] : []),
      ...(this.#hasInterface && subgraph === 'a'
        ? ['interface M @key(fields: "id") { id: ID! mm: Int }']
        : []),
      ...objects,
      ...(objects.some((text) => text.includes('k: K')) ? ['type K @shareable { x: Int! }'] : []),
    ].join('\n');
  }

  #type(type: string, subgraph: string): string {
    const isPlain = this.#hasInterface || type === 'M';
    const keys = isPlain || this.#chance(50) ? ['id'] : this.#choose(KEYS);
    const isUnresolvable = !isPlain && this.#chance(8);
    const directives = keys.map(
      (key, index) => `@key(fields: "${key}"${index === 0 && isUnresolvable ? ', resolvable: false' : ''})`,
    );
    const ofKeys = { id: 'id: ID!', 'k { x }': 'k: K! @shareable', 'c e': 'c: Int! e: String!' };
    const fields = [
      ...Object.entries(ofKeys).flatMap(([key, text]) => (keys.includes(key) ? [text] : [])),
      ...(this.#implements(type) ? ['mm: Int'] : []),
      ...this.#of(type).flatMap((field) => this.#field(field, type, subgraph)),
    ];
    const kind = `${this.#implements(type) ? 'implements M ' : ''}${directives.join(' ')}`;
    return `type ${type} ${kind} ${type === 'M' ? '@interfaceObject ' : ''}{ ${fields.join(' ')} }`;
  }

  #field(field: Field, type: string, subgraph: string): string[] {
    const isOwner = field.owners.includes(subgraph);
    if (!isOwner && !this.#external.has(`${subgraph}.${type}.${field.name}`)) return [];
    const named = { leaf: 'Int', object: field.to, list: `[${field.to}]`, union: `U${subgraph}` }[field.kind];
    const shared = field.owners.length > 1 ? '@shareable' : '';
    const required = field.required === undefined ? '' : `@requires(fields: "${field.required}")`;
    const call = `${field.name}${field.hasArgument ? '(n: Int = 1)' : ''}`;
    return [`${call}: ${named} ${isOwner ? `${shared} ${required}` : '@external'}`];
  }
}
