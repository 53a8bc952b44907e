import { services } from '@airline/schema/events';

/** The variables by which the router and each service listen on any free port. */
export const anyPorts: Readonly<Record<string, string>> = Object.fromEntries(
  ['router', ...services].map((name) => [`${name.toUpperCase()}_PORT`, '0']),
);
