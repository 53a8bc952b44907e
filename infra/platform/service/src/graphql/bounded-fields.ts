import type { ApolloServerPlugin } from '@apollo/server';
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { Caller } from '../identity/caller.ts';
import { type FieldGuard, fieldGuard } from './field-rules.ts';
import type { RequestWork } from './request-work.ts';

/** What the context of a request has of its work. */
export interface WorkContext {
  readonly work: RequestWork;
  readonly caller: Caller;
}

/**
 * Makes each field of a schema fail for callers who may not see it, count for its request's work, and fail once that is stopped: graphql-js 16 cannot abort an
 * execution, but it ends soon when every field fails. Fields fail by a promise, since graphql-js leaves the promises of a
 * list's earlier items to themselves when a later one throws, and their rejections would end the process.
 */
export function boundFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) bound(field, fieldGuard(type, field));
  }
  return schema;
}

/** What a promise takes of the response's values: graphql-js makes several more of each. */
const PROMISED_VALUES = 10;

function bound(field: GraphQLField<unknown, WorkContext>, guard: FieldGuard | undefined): void {
  const { resolve = defaultFieldResolver, subscribe } = field;
  if (subscribe && guard)
    field.subscribe = (source, args, context, info) => {
      guard(context.caller);
      return subscribe(source, args, context, info);
    };
  field.resolve = (source, args, context, info) => {
    const { work, caller } = context;
    try {
      guard?.(caller);
      work.addValues(1);
      const value: unknown = resolve(source, args, context, info);
      return value instanceof Promise ? promised(value, work) : counted(value, work);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}

function promised(value: Promise<unknown>, work: RequestWork): Promise<unknown> {
  const checked = value.then((resolved) => counted(resolved, work));
  try {
    work.addValues(PROMISED_VALUES);
    return checked;
  } catch (error) {
    abandon(checked);
    throw error;
  }
}

/** A value once it is counted; a list with its items. */
function counted(value: unknown, work: RequestWork): unknown {
  if (!Array.isArray(value)) {
    work.addCharacters(typeof value === 'string' ? value.length : 0);
    return value;
  }
  try {
    work.addValues(value.length);
    return value;
  } catch (error) {
    for (const item of value) if (item instanceof Promise) abandon(item);
    throw error;
  }
}

/** Takes its rejection from a promise that graphql-js does not get. */
const abandon = (promise: Promise<unknown>): void => void promise.catch(() => {});

/** The response to a request whose work was stopped is its one error, instead of one for each field. */
export const stoppedResponse: ApolloServerPlugin<WorkContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue, response: { body } }) => {
      const { fault } = contextValue.work;
      if (fault && body.kind === 'single') body.singleResult = { data: null, errors: [fault] };
    },
  }),
};
