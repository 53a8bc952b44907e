import { anonymous, refusalCodes } from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Clock } from '../clock.ts';
import type { Prepared } from '../pipeline/prepared.ts';
import type { Client, OperationResult } from '../request.ts';
import { rootFieldsOf } from './root-fields.ts';
import { Sampling } from './sampling.ts';
import type { Sink } from './sink.ts';

/** Who acted, and from where. */
export type Actor = Pick<Client, 'source' | 'address'> & {
  readonly requestId: string | undefined;
  /** Undefined where nobody could be identified. */
  readonly caller: Client['authority']['caller'] | undefined;
};

/** Why somebody was refused. */
export interface Refusal {
  readonly code: string;
  readonly operation?: string | undefined;
  /** Fields that were refused, where it was not all of the operation. */
  readonly fields?: readonly string[];
}

/** A record of who did what, apart from the log of errors. */
export interface Audit {
  /** A mutation that was executed. */
  mutated(prepared: Prepared, result: OperationResult): void;
  refused(actor: Actor, refusal: Refusal): void;
  /** Writes what is still to be written. */
  close(): Promise<void>;
}

/** What did nothing is written so often; of those who are known, and of those who are not. */
const KNOWN = { perSource: 30, inAll: 300 };
const UNKNOWN = { perSource: 10, inAll: 100 };
/** Outcomes after which nothing was stored; after any other, such as a timeout, something may have been. */
const didNothing: ReadonlySet<string> = new Set(refusalCodes.filter((code) => code !== 'TRY_AGAIN_LATER'));
/** Characters of a name that a client has chosen. */
const NAME_LENGTH = 128;

export const actorOf = ({ authority, source, address, forwarded }: Client): Actor => ({
  requestId: forwarded['x-request-id'],
  caller: authority.caller,
  source,
  address,
});

/**
 * Writes lines of JSON. They have names of operations and fields, ids among arguments, codes, and who it was: never another
 * argument, a variable, a result or a credential. A mutation that did something, or may have, is always written; what did nothing
 * (refusals, and mutations of which every field was refused) is written a few times a minute for each source, and counted beyond.
 */
export function createAudit(sink: Sink, clock: Clock): Audit {
  const write = (entry: object) => {
    sink.write(`${JSON.stringify({ log: 'audit', time: new Date(clock.now()).toISOString(), ...entry })}\n`);
  };
  const omitted = (by: string) => (count: number) => write({ event: 'omitted', by, count });
  const known = new Sampling(KNOWN, clock, omitted('known callers'));
  const unknown = new Sampling(UNKNOWN, clock, omitted('unknown callers'));

  function sample(actor: Actor, entry: object): void {
    const isKnown = actor.caller !== undefined && actor.caller !== anonymous;
    if ((isKnown ? known : unknown).admits(actor.source)) write(entry);
  }

  return {
    mutated: ({ client, operationName, planned, variables }, result) => {
      const actor = actorOf(client);
      const fields = rootFieldsOf(planned, operationName, variables).map(({ key, ...field }) => ({
        ...field,
        outcome: outcomeOf(key, result),
      }));
      const entry = { event: 'mutation', ...whoOf(actor), operation: shortened(operationName), fields };
      if (fields.every(({ outcome }) => didNothing.has(outcome))) sample(actor, entry);
      else write(entry);
    },
    refused: (actor, { operation, code, fields }) => {
      sample(actor, { event: 'refusal', ...whoOf(actor), operation: shortened(operation), code, fields });
    },
    close: async () => {
      known.end();
      unknown.end();
      await sink.close();
    },
  };
}

const whoOf = ({ requestId, caller, address }: Actor) => ({
  requestId,
  subject: caller?.subject,
  roles: caller?.roles,
  address,
});

/**
 * `ok`; the code of the field's own error; or `unknown`, where another field's error has left no data. An error below it says that
 * the field was executed.
 */
function outcomeOf(key: string, { data, errors = [] }: OperationResult): string {
  if (data === undefined && errors[0]) return codeOf(errors[0]);
  const ofField = errors.filter(({ path }) => path?.[0] === key);
  const own = ofField.find(({ path }) => path?.length === 1);
  if (data?.[key] == null && own) return codeOf(own);
  return data || ofField.length > 0 ? 'ok' : 'unknown';
}

export const codeOf = ({ extensions }: GraphQLFormattedError): string => String(extensions?.code);

export const shortened = (name: string | undefined): string | undefined => name?.slice(0, NAME_LENGTH);
