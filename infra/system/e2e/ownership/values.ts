import { type Service, services } from '@airline/schema/events';
import { customers, flightIds, ownValues, type Values } from './world.ts';

/** Ids of anybody, and of nobody. */
export const anyone = [...customers, 'nobody'];

/** Of arguments that more than one subgraph has. */
const shared: Values = {
  customerId: anyone,
  flightId: flightIds,
  first: [1, 2, 20, null],
  last: [null],
  seatQty: [1, 2],
  reserveDate: ['2024-11-21', null],
  eventIds: [['e1']],
  eventType: ['Paid'],
  reason: ['CUSTOMER'],
};

/** Valid values of a subgraph's arguments and fields of inputs, by their names. */
export const valuesOf = (name: Service): Values => ({ ...shared, ...ownValues(name) });

const all = [shared, ...services.map(ownValues)].flatMap((each) => Object.entries(each));

/** Those of all subgraphs. */
export const values: Values = Object.fromEntries(
  [...Map.groupBy(all, ([name]) => name)].map(([name, found]) => [name, found.flatMap(([, list]) => list)]),
);
