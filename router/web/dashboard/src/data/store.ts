import { supersedesCustomer, supersedesFlight, supersedesPayment, supersedesReservation } from './merge.ts';
import type { Customer, Flight, Payment, Reservation } from './rows.ts';
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
  readonly payments: Table<Payment>;
  /** What shows many rows, and is published more rarely than they are. */
  readonly lists: Set<{ publish(): void }>;
  /** To be called after changes: rows are published with the next frame, lists 4 times a second. */
  touch(): void;
}

const LIST_MS = 250;
const CAPACITY = 3_000;

export function createStore(schedule: Schedule): Store {
  const tables = {
    flights: new Table<Flight>({ idOf: ({ id }) => id, supersedes: supersedesFlight, capacity: CAPACITY }),
    reservations: new Table<Reservation>({
      idOf: ({ id }) => id,
      supersedes: supersedesReservation,
      capacity: CAPACITY,
    }),
    customers: new Table<Customer>({
      idOf: ({ customerId }) => customerId,
      supersedes: supersedesCustomer,
      capacity: CAPACITY,
    }),
    payments: new Table<Payment>({ idOf: ({ id }) => id, supersedes: supersedesPayment, capacity: CAPACITY }),
  };
  const lists = new Set<{ publish(): void }>();
  let isFrameAsked = false;
  let isListWaiting = false;
  let isListAgain = false;

  function publishLists(): void {
    if (isListWaiting) {
      isListAgain = true;
      return;
    }
    isListWaiting = true;
    for (const list of lists) list.publish();
    schedule.later(() => {
      isListWaiting = false;
      if (!isListAgain) return;
      isListAgain = false;
      publishLists();
    }, LIST_MS);
  }

  return {
    ...tables,
    lists,
    touch() {
      if (isFrameAsked) return;
      isFrameAsked = true;
      schedule.frame(() => {
        isFrameAsked = false;
        for (const table of Object.values(tables)) table.publish();
        publishLists();
      });
    },
  };
}
