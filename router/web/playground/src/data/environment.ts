import type { Value } from '../../../value.ts';
import { isRecord } from './stored.ts';

/** Values by name, for `{{NAME}}` in variables and headers. */
export type Names = Readonly<Record<string, string>>;

/** What mutations fill in by themselves: the field of a payload that holds an entity, by the name for its id. */
const learned: Readonly<Record<string, string>> = {
  LATEST_FLIGHT: 'flight',
  LATEST_RESERVATION: 'reservation',
};

export const isLearned = (name: string): boolean => Object.hasOwn(learned, name);

const PLACEHOLDER = /\{\{\s*([\w-]+)\s*\}\}/g;

/** A `{{NAME}}` without a value. */
export class UnknownName extends Error {
  readonly placeholder: string;

  constructor(placeholder: string) {
    super(`There is no ${placeholder} in the environment.`);
    this.placeholder = placeholder;
  }
}

/** JSON with values in place of the placeholders in its strings, at any depth. @throws UnknownName */
export function fill<T>(json: T, names: Names): T;
export function fill(json: unknown, names: Names): unknown {
  if (typeof json === 'string')
    return json.replace(PLACEHOLDER, (_, name: string) => {
      const value = names[name];
      if (value === undefined) throw new UnknownName(name);
      return value;
    });
  if (Array.isArray(json)) return json.map((each) => fill(each, names));
  if (isRecord(json))
    return Object.fromEntries(Object.entries(json).map(([name, own]) => [name, fill(own, names)]));
  return json;
}

/** Keeps the ids in a mutation's data, so that they need not be copied from tab to tab. */
export function learn(data: unknown, environment: Pick<Value<Names>, 'get' | 'set'>): void {
  for (const payload of isRecord(data) ? Object.values(data) : []) {
    for (const [name, field] of Object.entries(learned)) {
      const entity = isRecord(payload) ? payload[field] : undefined;
      if (isRecord(entity) && typeof entity.id === 'string')
        environment.set({ ...environment.get(), [name]: entity.id });
    }
  }
}
