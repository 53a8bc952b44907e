import type { Weight } from '../weight.ts';

/** Values of variables, as the client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** What an operation costs, by its variables; a number where it depends on none. */
export type Formula = number | Term;

/** A part of a cost that depends on variables. */
interface Term {
  evaluate(variables: Variables): number;
  readonly bytes: number;
}

export const evaluate = (formula: Formula, variables: Variables): number =>
  typeof formula === 'number' ? formula : formula.evaluate(variables);

export function weigh(formula: Formula, weight: Weight): void {
  if (typeof formula !== 'number') weight.add(formula.bytes);
}

/** Bytes of a term without those that it is made of, and of its reference to each. */
const TERM = 80;
const REFERENCE = 16;

const bytesOf = (formulas: readonly Formula[]): number =>
  formulas.reduce<number>(
    (sum, formula) => sum + REFERENCE + (typeof formula === 'number' ? 0 : formula.bytes),
    TERM,
  );

export function sum(formulas: readonly Formula[]): Formula {
  let fixed = 0;
  const terms: Term[] = [];
  for (const formula of formulas) {
    if (typeof formula === 'number') fixed += formula;
    else if (formula instanceof Sum) {
      fixed += formula.fixed;
      terms.push(...formula.terms);
    } else terms.push(formula);
  }
  return terms.length === 0 ? fixed : new Sum(fixed, terms);
}

class Sum implements Term {
  readonly fixed: number;
  readonly terms: readonly Term[];
  readonly bytes: number;

  constructor(fixed: number, terms: readonly Term[]) {
    this.fixed = fixed;
    this.terms = terms;
    this.bytes = bytesOf(terms);
  }

  evaluate(variables: Variables): number {
    let total = this.fixed;
    for (const term of this.terms) total += term.evaluate(variables);
    return total;
  }
}

export function product(size: Formula, each: Formula): Formula {
  if (typeof size === 'number' && typeof each === 'number') return size * each;
  if (size === 0 || each === 0) return 0;
  return size === 1 ? each : new Product(size, each);
}

class Product implements Term {
  readonly #size: Formula;
  readonly #each: Formula;
  readonly bytes: number;

  constructor(size: Formula, each: Formula) {
    this.#size = size;
    this.#each = each;
    this.bytes = bytesOf([size, each]);
  }

  evaluate(variables: Variables): number {
    const size = evaluate(this.#size, variables);
    return size === 0 ? 0 : size * evaluate(this.#each, variables);
  }
}

export function highest(formulas: readonly Formula[]): Formula {
  const fixed = Math.max(0, ...formulas.filter((formula) => typeof formula === 'number'));
  const terms = formulas.filter((formula) => typeof formula !== 'number');
  return terms.length === 0 ? fixed : new Highest(fixed, terms);
}

class Highest implements Term {
  readonly #fixed: number;
  readonly #terms: readonly Term[];
  readonly bytes: number;

  constructor(fixed: number, terms: readonly Term[]) {
    this.#fixed = fixed;
    this.#terms = terms;
    this.bytes = bytesOf(terms);
  }

  evaluate(variables: Variables): number {
    let found = this.#fixed;
    for (const term of this.#terms) found = Math.max(found, term.evaluate(variables));
    return found;
  }
}

/** An argument: its value, or the variable that has it. */
export type Given = { readonly value: unknown } | { readonly variable: string; readonly otherwise: unknown };

/**
 * The length of a list by the arguments that say so: the largest that is given, or what is assumed where none is. A list for
 * an argument means its length. What a server refuses (a negative one) costs nothing.
 */
export function listSize(given: readonly Given[], assumed: number): Formula {
  const sizes = new ListSize(given, assumed);
  return given.some((argument) => 'variable' in argument) ? sizes : sizes.evaluate({});
}

class ListSize implements Term {
  readonly #given: readonly Given[];
  readonly #assumed: number;
  readonly bytes: number;

  constructor(given: readonly Given[], assumed: number) {
    this.#given = given;
    this.#assumed = assumed;
    this.bytes = TERM + given.length * 2 * TERM;
  }

  evaluate(variables: Variables): number {
    let size: number | undefined;
    for (const argument of this.#given) {
      const length = lengthOf(valueFor(argument, variables));
      if (length !== undefined && (size === undefined || length > size)) size = length;
    }
    return size ?? this.#assumed;
  }
}

function valueFor(argument: Given, variables: Variables): unknown {
  if (!('variable' in argument)) return argument.value;
  const { variable, otherwise } = argument;
  const value = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
  return value === undefined ? otherwise : value;
}

function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? Math.max(0, value) : undefined;
}
