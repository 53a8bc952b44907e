import { isKnown, type Limits } from '@airline/service/server';
import { type DocumentNode, stripIgnoredCharacters } from 'graphql';
import { planningCost } from '../cost/cost-of.ts';
import { estimate, refuseCost } from '../cost/limit.ts';
import { requestExpired } from '../fan-out/index.ts';
import { isRefused, type Refused, refuse } from '../refusal.ts';
import type { RequestParameters } from '../request.ts';
import { CheckedDocument, parseUnlocated } from './document.ts';
import { limitVariables } from './limit.ts';
import type { CheckedOperation, Outcome } from './operation.ts';
import type { OperationTelemetry } from './operation-telemetry.ts';
import type { createOverrides } from './overrides.ts';
import { parseDocument } from './parse.ts';
import type { Prepared, PrepareOptions } from './prepared.ts';
import type { ShapeErrors } from './shape.ts';
import type { Snapshot } from './snapshot.ts';
import { refuseInvalid } from './validate.ts';

export interface PlanningOptions {
  /** The supergraph that serves at present. */
  readonly snapshot: () => Snapshot;
  readonly introspection: boolean;
  /** Whether those who may read the schema may see plans; default `introspection`. */
  readonly plans?: boolean;
  readonly overrides: ReturnType<typeof createOverrides>;
  readonly limits: Limits;
  /** The highest cost of an operation; 0: any. */
  readonly costLimit: number;
  readonly now: () => number;
  readonly shape: ShapeErrors;
  /** For those who may not read the schema: without suggestions of its names. */
  readonly shapeUnsuggesting: ShapeErrors;
  readonly operations: OperationTelemetry;
}

/** A request with the text of its document. */
export type Request = Pick<Prepared, 'variables' | 'extensions' | 'client'> &
  PrepareOptions & {
    readonly text: string;
    readonly operationName: string | null | undefined;
  };

/** The stages from a document's text to its plan, which an operation goes through again when the supergraph changes. */
export interface Planning {
  /** An operation that has been planned; undefined for one that has not been, which takes the event loop for a while. */
  known(request: Request): Prepared | Refused | undefined;
  plan(request: Request): Planned;
}

/** What has become of a request whose operation was not planned. */
interface Planned {
  readonly prepared: Prepared | Refused;
  /** What planning it has cost, whatever came of it; 0 where nothing was planned. */
  readonly cost: number;
}

/** What fails is refused to this operation alone, even for a fault of the router. */
export function createPlanning(options: PlanningOptions): Planning {
  const { snapshot: current, shape, operations } = options;
  const attempt = <Made>(make: () => Made): Made | Refused => {
    try {
      return make();
    } catch (error) {
      const errors = shape([error]);
      // The planner's own errors are GraphQLErrors, too.
      const isFault = errors.some(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR');
      return { status: isFault ? 500 : 400, errors };
    }
  };
  return {
    known: (request) =>
      attempt(() => {
        const snapshot = current();
        if (asksForPlan(request) || !snapshot.documents.has(request.text)) return undefined;
        const examined = examine(request, snapshot, options);
        if (!isRefused(examined) && !examined.operation.isPlanned(examined.outcome)) return undefined;
        return operations.counted(true, () => finish(examined, request, snapshot, options));
      }),
    plan: (request) => {
      let cost = 0;
      const prepared = attempt(() => {
        const snapshot = current();
        return operations.counted(false, () => {
          const examined = examine(request, snapshot, options);
          if (!isRefused(examined) && isNew(examined, request)) {
            cost = planningCost(examined.operation.selections);
          }
          return finish(examined, request, snapshot, options);
        });
      });
      return { prepared, cost };
    },
  };
}

/** An operation that is valid, and what it is to be planned for. */
interface Examined extends Checked {
  readonly operation: CheckedOperation;
  readonly outcome: Outcome;
}

function examine(request: Request, snapshot: Snapshot, options: PlanningOptions): Examined | Refused {
  const { text, operationName, variables, client, increments } = request;
  const { caller } = client.authority;
  const checking = isKnown(caller) ? options : { ...options, shape: options.shapeUnsuggesting };
  const checked = checkDocument(text, snapshot, checking);
  if (isRefused(checked)) return checked;
  const { document, syntax } = checked;
  const operation = document.select(operationName);
  if (isRefused(operation)) return operation;
  const refused =
    refuseUnauthorised(request, operation.type, options) ??
    limitVariables(snapshot.schema, operation, { text, variables }, checking);
  if (refused) return refused;
  const overrides = options.overrides(snapshot.overrideLabels, client);
  const outcome = operation.outcome({ caller, variables, overrides, increments }, snapshot, syntax);
  if (outcome.denied.length > 0 && !isKnown(caller)) return unauthenticated();
  return { document, syntax, operation, outcome };
}

function finish(
  examined: Examined | Refused,
  request: Request,
  snapshot: Snapshot,
  options: PlanningOptions,
): Prepared | Refused {
  if (isRefused(examined)) return examined;
  const { document, syntax, operation, outcome } = examined;
  const { variables, client } = request;
  const { type, name } = operation;
  const formula = operation.cost(outcome, snapshot, syntax);
  const expensive = refuseExpensive(estimate(formula, variables), operation, options);
  if (expensive) return expensive;
  const isExplained = asksForPlan(request) && type !== 'subscription' && mayExplain(client, options);
  const planned = isExplained
    ? operation.explain(outcome, snapshot, syntax)
    : operation.plan(outcome, formula, snapshot, syntax);
  const { refusal } = planned.compiled;
  if (refusal !== undefined) return refuse('FORBIDDEN', refusal, { status: 403 });
  const cost = estimate(planned.cost, variables);
  const moreExpensive = refuseExpensive(cost, operation, options);
  if (moreExpensive) return moreExpensive;
  options.operations.cost(name, cost);
  // Not before: what a client may not run is not kept.
  snapshot.documents.add(document);
  return { type, operationName: name, planned, cost, client, ...usedOf(request, operation) };
}

/** What others have sent meanwhile is planned, but an operation whose plan is asked for is planned again. */
const isNew = ({ operation, outcome }: Examined, request: Request): boolean =>
  asksForPlan(request) || !operation.isPlanned(outcome);

export const asksForPlan = ({ extensions }: Pick<RequestParameters, 'extensions'>): boolean =>
  extensions?.plan === true;

/** Whoever may read the schema may see how it is put together. */
const mayExplain = (
  { authority }: Prepared['client'],
  { introspection, plans = introspection }: PlanningOptions,
): boolean => plans && isKnown(authority.caller);

/** What may be held while it runs: clients may send anything beside it. */
function usedOf({ variables, extensions }: Request, { type, variableDefinitions }: CheckedOperation) {
  const declared = variableDefinitions.map(({ variable }) => variable.name.value);
  const given = Object.entries(variables);
  const used = given.filter(([name]) => declared.includes(name));
  const { cost, router, cursor, delivery } = extensions ?? {};
  return {
    variables: used.length === given.length ? variables : Object.fromEntries(used),
    extensions: {
      cost: cost === true,
      router: router === true,
      ...(type === 'subscription' && { cursor, delivery }),
    },
  };
}

interface Checked {
  readonly document: CheckedDocument;
  /** Parsed again only where it is needed. */
  readonly syntax: () => DocumentNode;
}

/** A document that is kept was parsed and validated under this supergraph. */
export function checkDocument(
  text: string,
  snapshot: Snapshot,
  options: Pick<PlanningOptions, 'limits' | 'introspection' | 'shape'>,
): Checked | Refused {
  const known = snapshot.documents.get(text);
  if (known) return { document: known, syntax: () => parseUnlocated(known.bare) };
  const located = parseDocument(text, options.limits, options.shape);
  if (isRefused(located)) return located;
  const refused = refuseInvalid(snapshot.schema, located, options);
  if (refused) return refused;
  const stripped = stripIgnoredCharacters(text);
  const bare = stripped === text ? text : stripped;
  const unlocated = parseUnlocated(bare);
  return { document: new CheckedDocument(text, unlocated, bare), syntax: () => unlocated };
}

function refuseExpensive(
  cost: number,
  { name }: CheckedOperation,
  { costLimit, operations }: PlanningOptions,
): Refused | undefined {
  const refused = refuseCost(cost, costLimit);
  if (!refused) return undefined;
  operations.cost(name, cost);
  operations.refused('cost', name);
  return refused;
}

const unauthenticated = (): Refused =>
  refuse('UNAUTHENTICATED', 'The operation selects what is not public; send a token.', { status: 401 });

function refuseUnauthorised(
  { readOnly, client }: Request,
  type: Prepared['type'],
  { now }: PlanningOptions,
): Refused | undefined {
  if (readOnly && type !== 'query') {
    return refuse('METHOD_NOT_ALLOWED', `A ${type} cannot be sent by GET; use POST.`, { status: 405 });
  }
  if ((client.authority.expiresAt ?? Number.POSITIVE_INFINITY) <= now()) {
    return { status: 401, ...requestExpired };
  }
  return undefined;
}
