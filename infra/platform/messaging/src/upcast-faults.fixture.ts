import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '@airline/schema/events';
import { withClockAndChance } from '@airline/testing';
import { decode } from './envelope.ts';

/** An envelope as it was published, in a file `<Type>.v<version>.json`. */
export interface Sample {
  readonly file: string;
  readonly json: string;
}

const UNKNOWN = 'aFieldThatNoUpcasterKnows';

/** The fields whose values are in what is upcast, but not when they are others. */
function constantFields(upcaster: EventDefinition['upcasters'][number], data: Record<string, unknown>) {
  const upcast = upcaster(data);
  return Object.entries(data).flatMap(([field, value]) => {
    const isCarried = Object.entries(upcast).some(
      ([name, other]) => (name === field || !Object.hasOwn(data, name)) && isDeepStrictEqual(other, value),
    );
    return isCarried && isDeepStrictEqual(upcastOrNone({ ...data, [field]: changed(value) }), upcast)
      ? [field]
      : [];
  });

  /** None of a value that the event never had, such as one beside those of an enum. */
  function upcastOrNone(other: Record<string, unknown>): Record<string, unknown> | undefined {
    try {
      return upcaster(other);
    } catch {
      return undefined;
    }
  }
}

/** Another value of its kind: a date is one in another millennium. */
function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string')
    return /\d/.test(value) ? value.replace(/\d/, (digit) => (digit === '1' ? '2' : '1')) : `${value}A`;
  if (Array.isArray(value)) return value.map(changed);
  return value && Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, changed(inner)]));
}

/** What is wrong with the upcasters of events by their samples, a line each; see schema/events/README.md. */
export function upcastFaults(
  samples: readonly Sample[],
  definitions: Readonly<Record<string, EventDefinition>>,
): string[] {
  /** The data of a sample of the present version, where the clock and chance give this. */
  const dataOf = (json: string, ms = 0, chance = 0): unknown =>
    withClockAndChance(ms, chance, () => decode(json, definitions).data);
  return samples.flatMap(({ file, json }) => {
    const { type, dataschema, data } = JSON.parse(json);
    const version = Number(dataschema.split('/').at(-1));
    const newer = samples.find((other) => other.file === `${type}.v${version + 1}.json`);
    const upcaster = definitions[type]?.upcasters[version];
    const present = dataOf(json);
    const faults: string[] = [];
    if (!isDeepStrictEqual(dataOf(json, 1e12, 0.9), present))
      faults.push(`${file} is read differently at another time: upcasters get neither the time nor chance.`);
    if (newer && !isDeepStrictEqual(dataOf(newer.json), present))
      faults.push(
        `${newer.file} is not the event of ${file}, upcast: correct the upcaster or the new sample.`,
      );
    if (upcaster && !Object.hasOwn(Object(upcaster({ ...data, [UNKNOWN]: 0 })), UNKNOWN))
      faults.push(
        `The upcaster of ${type} from version ${version} drops fields that it does not name: spread the rest.`,
      );
    for (const field of upcaster ? constantFields(upcaster, data) : [])
      faults.push(
        `The upcaster of ${type} from version ${version} writes what ${file} has in \`${field}\` as a constant: carry it over.`,
      );
    return faults;
  });
}
