import { type Caller, everyone, type Rule } from '@airline/service/server';
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import { Denials } from '../access/denials.ts';
import { permittedDocument } from '../access/permitted.ts';
import { touchedRules } from '../access/touched.ts';
import { isolateNames, operationOf } from '../corrections/index.ts';
import { costOf, weights } from '../cost/cost-of.ts';
import { type Formula, sum, weigh } from '../cost/formula.ts';
import { type CompiledOperation, compileOperation } from '../executor/compile-operation.ts';
import { nodeWeight } from '../executor/weight.ts';
import type { Overrides, ServedGraph } from '../served-graph.ts';
import {
  conditionVariables,
  type Decisions,
  decide,
  defers,
  operationDocument,
  resolveConditions,
} from '../syntax/conditions.ts';
import { countSelections, type Fragments, fragmentsOf } from '../syntax/selections.ts';
import { Weight } from '../weight.ts';

/** What an operation is planned for. */
export interface Outcome {
  readonly decisions: Decisions;
  readonly overrides: Overrides;
  /** Whether what `@defer` marks is delivered later; else it is part of the one response. */
  readonly increments: boolean;
  /** The keys of the rules that the operation touches and that do not hold for the caller, in the order of the operation. */
  readonly denied: readonly string[];
}

/** What a request decides by. */
interface Decisive {
  readonly caller: Caller;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly overrides: Overrides;
  readonly increments?: boolean | undefined;
}

/** An operation, planned under one supergraph for one outcome of what a request decides. */
export interface PlannedOperation extends Outcome {
  /** The document's, bare. */
  readonly text: string;
  readonly compiled: CompiledOperation;
  readonly cost: Formula;
  readonly weight: Weight;
}

/** Outcomes of one operation that are kept planned, and what they may weigh: beyond it the oldest are planned again. */
const KEPT_OUTCOMES = 64;
const KEPT_BYTES = 4 * 1024 * 1024;
/** Bytes of an operation without its variables, of an outcome without what is compiled for it, and of the rules that it touches. */
const OPERATION = 500;
const OUTCOME = 700;
const TOUCHED = 300;

/**
 * An operation of a valid document, planned for each outcome that is used: of its conditions, of progressive overrides, of
 * what the caller may see, and of whether the transport can deliver increments. A plan without conditions is smaller, and the planner's own would leave
 * out what a condition's other fields require.
 */
export class CheckedOperation {
  readonly type: OperationTypeNode;
  readonly name: string | undefined;
  readonly variableDefinitions: readonly VariableDefinitionNode[];
  /** How many fields and fragments it selects, fragments expanded. */
  readonly selections: number;
  readonly #text: string;
  /** The weight of what is planned. */
  readonly #plans = new Weight();
  readonly #planned = new Map<string, PlannedOperation>();
  /** The variables of its conditions, and whether it has a `@defer`; undefined until it is planned. */
  #decided: { readonly conditions: readonly string[]; readonly defers: boolean } | undefined;
  /** By what its conditions are. */
  readonly #touched = new Map<string, readonly Rule[]>();

  /**
   * @param text the document's, bare
   * @param fragments its document's
   * @param weight of its document
   */
  constructor(text: string, node: OperationDefinitionNode, fragments: Fragments, weight: Weight) {
    const { operation, name, variableDefinitions = [], selectionSet } = node;
    this.type = operation;
    this.name = name?.value;
    this.variableDefinitions = variableDefinitions;
    this.selections = countSelections(selectionSet, fragments);
    this.#text = text;
    weight.add(OPERATION + nodeWeight(variableDefinitions));
    this.#plans.moveTo(weight);
  }

  /** What it is planned for. */
  get outcomes(): readonly Outcome[] {
    return [...this.#planned.values()];
  }

  /**
   * @param increments whether anything can be delivered later; false by default
   * @throws GraphQLError when the variable of a condition is null
   */
  outcome(
    { caller, variables, overrides, increments = false }: Decisive,
    snapshot: ServedGraph,
    syntax: () => DocumentNode,
  ): Outcome {
    const { conditions, defers } = this.#decides(syntax);
    const decisions = decide(conditions, this.variableDefinitions, variables);
    // Who asks nobody who they are has no rules.
    const denied =
      caller === everyone ? NONE : this.denied(decisions, (rule) => rule.holds(caller), snapshot, syntax);
    return { decisions, overrides, increments: increments && defers, denied };
  }

  /** The keys of the rules that it touches and that do not hold. */
  denied(
    decisions: Decisions,
    holds: (rule: Rule) => boolean,
    snapshot: ServedGraph,
    syntax: () => DocumentNode,
  ): readonly string[] {
    let denied = NONE;
    for (const rule of this.#touches(decisions, snapshot, syntax)) {
      if (!holds(rule)) denied = [...denied, rule.key];
    }
    return denied;
  }

  isPlanned(outcome: Outcome): boolean {
    return this.#planned.has(keyOf(outcome));
  }

  /** What it costs, by its variables; before it is planned, without the requests to subgraphs. */
  cost(outcome: Outcome, snapshot: ServedGraph, syntax: () => DocumentNode): Formula {
    return this.#planned.get(keyOf(outcome))?.cost ?? this.#ownCost(outcome, snapshot, syntax);
  }

  #ownCost(outcome: Outcome, snapshot: ServedGraph, syntax: () => DocumentNode): Formula {
    const resolved = resolveConditions(this.#in(syntax()), outcome.decisions, false);
    const document = permittedDocument(resolved, denialsOf(outcome, snapshot));
    const { schema, costs: model } = snapshot;
    return costOf(operationOf(document), { schema, model, fragments: fragmentsOf(document) });
  }

  /** @throws GraphQLError when the planner refuses */
  plan(outcome: Outcome, cost: Formula, snapshot: ServedGraph, syntax: () => DocumentNode): PlannedOperation {
    const key = keyOf(outcome);
    const known = this.#planned.get(key);
    if (known) return known;
    const planned = this.#plan(outcome, cost, snapshot, syntax, false);
    this.#keep(key, planned);
    return planned;
  }

  /** Plans it for one request, with its plan's outline. @throws GraphQLError when the planner refuses */
  explain(outcome: Outcome, snapshot: ServedGraph, syntax: () => DocumentNode): PlannedOperation {
    // What it costs as it was planned before has the requests to subgraphs already.
    return this.#plan(outcome, this.#ownCost(outcome, snapshot, syntax), snapshot, syntax, true);
  }

  #plan(
    outcome: Outcome,
    cost: Formula,
    snapshot: ServedGraph,
    syntax: () => DocumentNode,
    isOutlined: boolean,
  ): PlannedOperation {
    const { decisions, overrides, increments } = outcome;
    const document = this.#in(syntax());
    const compile = (defer: boolean) => {
      const weight = new Weight();
      weight.add(OUTCOME);
      weigh(cost, weight);
      const isolated = isolateNames(resolveConditions(document, decisions, defer), snapshot.translations);
      const denials = denialsOf(outcome, snapshot);
      return {
        compiled: compileOperation(isolated, overrides, snapshot, denials, weight, isOutlined),
        weight,
      };
    };
    const made = increments ? compileDeferred(compile) : compile(false);
    return {
      text: this.#text,
      ...outcome,
      ...made,
      cost: sum([cost, fetchesOf(made.compiled) * weights.fetch]),
    };
  }

  #decides(syntax: () => DocumentNode) {
    if (this.#decided) return this.#decided;
    const document = this.#in(syntax());
    this.#decided = { conditions: conditionVariables(document), defers: defers(document) };
    return this.#decided;
  }

  #touches(decisions: Decisions, snapshot: ServedGraph, syntax: () => DocumentNode): readonly Rule[] {
    const key = decisions.size === 0 ? '' : [...decisions.values()].join();
    const known = this.#touched.get(key);
    if (known) return known;
    const document = resolveConditions(this.#in(syntax()), decisions, false);
    const touched = touchedRules(document, snapshot.schema, snapshot.access);
    const [oldest] = this.#touched.keys();
    if (oldest !== undefined && this.#touched.size >= KEPT_OUTCOMES) this.#touched.delete(oldest);
    else this.#plans.add(TOUCHED);
    this.#touched.set(key, touched);
    return touched;
  }

  #keep(key: string, planned: PlannedOperation): void {
    this.#planned.set(key, planned);
    planned.weight.moveTo(this.#plans);
    for (const [oldest, { weight }] of this.#planned) {
      const isBeyond = this.#planned.size > KEPT_OUTCOMES || this.#plans.bytes > KEPT_BYTES;
      if (!isBeyond || oldest === key) break;
      this.#planned.delete(oldest);
      weight.moveTo(undefined);
    }
  }

  /** It and the fragments that it uses. */
  #in(syntax: DocumentNode): DocumentNode {
    const node = syntax.definitions.find(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === this.name,
    );
    if (node?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The operation is not in its document.');
    return operationDocument(syntax, node);
  }
}

/** Requests to subgraphs; for a subscription, of each event and the event itself. */
const fetchesOf = ({ plan: { primary, steps } }: CompiledOperation): number =>
  steps.length + (primary ? 1 : 0);

const keyOf = ({ decisions, overrides, increments, denied }: Outcome): string =>
  [...decisions.values(), ...overrides.values(), increments, ...denied].join();

const NONE: readonly string[] = [];

const denialsOf = ({ denied }: Outcome, { schema, access }: ServedGraph): Denials | undefined =>
  denied.length === 0 ? undefined : new Denials(schema, access, denied);

/**
 * The planner fails for a deferred fragment on an interface within a type that implements it: its error says that a field
 * cannot be added. Such an operation is delivered whole; what cannot be planned at all fails again.
 */
function compileDeferred<Compiled>(compile: (defer: boolean) => Compiled): Compiled {
  try {
    return compile(true);
  } catch {
    return compile(false);
  }
}
