import { supersedesCustomer, supersedesFlight, supersedesReservation } from './merge.ts';
import type { Customer, Flight, Reservation } from './rows.ts';
import { Statistics } from './statistics.ts';
import { Table } from './table.ts';

/** When a store publishes changes. */
export interface Schedule {
  /** Before the next frame is drawn; soon, when none is. */
  frame(run: () => void): void;
  /** After a number of milliseconds. */
  later(run: () => void, ms: number): void;
}

export interface Store {
  readonly flights: Table<Flight>;
  readonly reservations: Table<Reservation>;
  readonly customers: Table<Customer>;
  statistics(): Statistics;
  /** Counts the reservations anew, from those that are there. */
  recount(): void;
  /** To be called after changes: rows are published with the next frame, lists 4 times a second. */
  touch(): void;
}

const LIST_MS = 250;

export function createStore(schedule: Schedule): Store {
  let statistics = new Statistics();
  const flights = new Table<Flight>({
    idOf: ({ id }) => id,
    supersedes: supersedesFlight,
    capacity: 2_000,
    age: ({ id }) => id,
    isEvictionFinal: false,
  });
  const reservations = new Table<Reservation>({
    idOf: ({ id }) => id,
    supersedes: supersedesReservation,
    capacity: 3_000,
    // A UUIDv7 sorts by its creation.
    age: ({ id }) => id,
    isEvictionFinal: true,
    changed: (after, before) => statistics.see(after, before),
  });
  const customers = new Table<Customer>({
    idOf: ({ customerId }) => customerId,
    supersedes: supersedesCustomer,
    capacity: 5_000,
    age: ({ updatedAt }) => updatedAt,
    isEvictionFinal: false,
  });
  const tables = [flights, reservations, customers];
  let isFrameAsked = false;
  let isListWaiting = false;
  let isListAgain = false;

  function publishLists(): void {
    if (isListWaiting) {
      isListAgain = true;
      return;
    }
    isListWaiting = true;
    for (const table of tables) table.publishList();
    schedule.later(() => {
      isListWaiting = false;
      if (!isListAgain) return;
      isListAgain = false;
      publishLists();
    }, LIST_MS);
  }

  return {
    flights,
    reservations,
    customers,
    statistics: () => statistics,
    recount() {
      statistics = new Statistics();
      for (const { row } of reservations.entries()) statistics.see(row, undefined);
    },
    touch() {
      if (isFrameAsked) return;
      isFrameAsked = true;
      schedule.frame(() => {
        isFrameAsked = false;
        for (const table of tables) table.publish();
        publishLists();
      });
    },
  };
}
