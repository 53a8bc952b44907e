import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SubgraphNameError } from './subgraph-name-error.ts';

const SAMPLES = 'schema/events/samples';

/**
 * The files of an event that the new subgraph publishes when a reservation succeeds: its definition and its sample.
 * @throws SubgraphNameError
 */
export function filesOf(root: string, name: string, type: string): { path: string; text: string }[] {
  if (!/^([A-Z][a-z]+)+$/.test(type)) {
    throw new SubgraphNameError(`"${type}" is no name of an event: use words such as PointsEarned.`);
  }
  const [definedIn, sampledIn] = [`schema/events/${name}.ts`, `${SAMPLES}/${type}.v1.json`];
  for (const path of [definedIn, sampledIn]) {
    if (existsSync(join(root, path)))
      throw new SubgraphNameError(`There is ${path} already: choose another name.`);
  }
  const sample = (file: string) => JSON.parse(readFileSync(join(root, SAMPLES, file), 'utf8'));
  const last = Math.max(
    ...readdirSync(join(root, SAMPLES)).map((file) => Number.parseInt(sample(file).id.slice(-12), 16)),
  );
  const cause = sample('ReservationSucceeded.v1.json');
  const { customerId, reservationId } = cause.data;
  const envelope = {
    ...cause,
    id: `${cause.id.slice(0, -12)}${(last + 1).toString(16).padStart(12, '0')}`,
    source: `/airline/${name}`,
    type,
    subject: customerId,
    dataschema: `/airline/events/${type}/1`,
    data: { customerId, reservationId },
  };
  const definition = `import { event, id } from './event.ts';

/** What the ${name} service publishes. */
export const ${name}Events = {
  ${type}: event(1, 'customerId', { customerId: id, reservationId: id }),
};
`;
  return [
    { path: definedIn, text: definition },
    { path: sampledIn, text: `${JSON.stringify(envelope, null, 2)}\n` },
  ];
}
