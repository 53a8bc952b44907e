import { services } from '@airline/schema/events';
import type { Role } from '@airline/service';
import type { Permitted } from '@airline/testing/ownership';
import { fixtureOf } from './fixtures.ts';

/** What is of all subgraphs, or of each under its name. */
const shared: readonly Permitted[] = [
  { to: 'anyone', fields: /Query\.(_entities|_service)|(PageInfo|_Service)\.\w+|\w+\.__typename/ },
  {
    to: ['operator'],
    fields:
      /Query\.\w+(DeadLetters|Service)|Mutation\.(replay|drop)\w+DeadLetters|(DeadLetter|ConsumedStream|Service(Status|Check|Replica|Outbox|Rates))\.\w+/,
  },
];

const agreed = [...shared, ...services.flatMap((name) => fixtureOf(name).permitted)].map(
  ({ to, fields }) => ({ to, fields: new RegExp(`^(?:${fields.source})$`) }),
);

/** All that speaks of a field: one at most, or who may see it depends on which comes first. */
export const agreedOn = (coordinate: string): readonly Permitted[] =>
  agreed.filter(({ fields }) => fields.test(coordinate));

/** The roles that may see a field, as people have agreed and not as the SDL has it; undefined: anyone. */
export function rolesFor(coordinate: string): readonly Role[] | undefined {
  const [found] = agreedOn(coordinate);
  if (found) return found.to === 'anyone' ? undefined : found.to;
  // Who may change data is said of each mutation.
  return coordinate.startsWith('Mutation.') ? [] : ['customer', 'staff', 'operator'];
}

/** Whether a caller with these roles may see a field. */
export const isPermitted = (roles: readonly Role[], coordinate: string): boolean =>
  rolesFor(coordinate)?.some((role) => roles.includes(role)) ?? true;
