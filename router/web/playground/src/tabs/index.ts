import acrossServices from './across-services.graphql?raw';
import cancel from './cancel.graphql?raw';
import counts from './counts.graphql?raw';
import departed from './departed.graphql?raw';
import everySeat from './every-seat.graphql?raw';
import history from './history.graphql?raw';
import promotions from './promotions.graphql?raw';
import registerFlight from './register-flight.graphql?raw';
import soldOut from './sold-out.graphql?raw';
import watch from './watch.graphql?raw';

/** A prepared tab, as GraphiQL takes it; `variables` is JSON. */
interface Tab {
  readonly query: string;
  readonly variables?: string;
}

const tab = (query: string, variables: Readonly<Record<string, unknown>>): Tab => ({
  query,
  variables: JSON.stringify(variables, null, 2),
});

const flightId = 'LATEST_FLIGHT';
const reservationId = 'LATEST_RESERVATION';
const [one, two] = ['case 2, customer 1', 'case 2, customer 2'];

const input = (customerId: string, seatQty: number, reserveDate: string) => ({
  customerId,
  flightId,
  seatQty,
  reserveDate,
  awaitOutcome: true,
});

/** The acceptance cases and what shows their outcome, in the order in which they are to be run. */
export const tabs: Tab[] = [
  // GraphiQL does not show the variables of the first one.
  { query: registerFlight },
  tab(soldOut, { one: input('1', 3, '2024-11-21'), two: input('2', 3, '2024-11-22') }),
  // Customer 1 comes last here, so that the latest reservation is the one to cancel.
  tab(everySeat, {
    first: input(two, 1, '2024-11-23'),
    second: input(two, 1, '2024-12-25'),
    third: input(one, 3, '2024-11-11'),
  }),
  tab(counts, { flightId, one, two }),
  tab(cancel, { reservationId }),
  tab(history, { reservationId }),
  tab(departed, { input: input('4', 1, '2025-12-26') }),
  { query: promotions },
  tab(acrossServices, { flightId }),
  { query: watch },
];
