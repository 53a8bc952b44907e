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

type Upcaster = EventDefinition['upcasters'][number];
type Data = Readonly<Record<string, unknown>>;

/** What is upcast; none of a value that the event never had, such as one beside those of an enum. */
function upcastOrNone(upcaster: Upcaster, data: Data): Data | undefined {
  try {
    return upcaster(data);
  } catch {
    return undefined;
  }
}

/** The fields whose values are in what is upcast, but not when they are others. */
function constantFields(upcaster: Upcaster, data: Data) {
  const upcast = upcaster(data);
  return Object.entries(data).flatMap(([field, value]) => {
    const isCarried = Object.entries(upcast).some(
      ([name, other]) => (name === field || !Object.hasOwn(data, name)) && isDeepStrictEqual(other, value),
    );
    return isCarried &&
      isDeepStrictEqual(upcastOrNone(upcaster, { ...data, [field]: changed(value) }), upcast)
      ? [field]
      : [];
  });
}

/** The fields with a default that the sample lacks, and whose values are lost where an event has them. */
function resetFields(upcaster: Upcaster, data: Data, { data: schema }: EventDefinition, present: Data) {
  return Object.entries(present).flatMap(([field, value]) => {
    const { [field]: _, ...without } = present;
    if (Object.hasOwn(data, field) || !schema.safeParse(without).success) return [];
    const other = changed(value) ?? 'another';
    const upcast = upcastOrNone(upcaster, { ...data, [field]: other });
    return upcast && Object.hasOwn(upcast, field) && !isDeepStrictEqual(upcast[field], other) ? [field] : [];
  });
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
  const dataOf = (json: string, ms = 0, chance = 0): Data =>
    withClockAndChance(ms, chance, () => ({ ...decode(json, definitions).data }));
  return samples.flatMap(({ file, json }) => {
    const { type, dataschema, data } = JSON.parse(json);
    const version = Number(dataschema.split('/').at(-1));
    const newer = samples.find((other) => other.file === `${type}.v${version + 1}.json`);
    const definition = definitions[type];
    const upcaster = definition?.upcasters[version];
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
    for (const field of definition && upcaster ? resetFields(upcaster, data, definition, present) : [])
      faults.push(
        `The upcaster of ${type} from version ${version} resets \`${field}\`, which ${file} lacks and other events have: set it before the rest is spread.`,
      );
    return faults;
  });
}
