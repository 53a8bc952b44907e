import type { Fetched, Kind } from './kind.ts';
import { createKinds, type FlightQuery } from './kinds.ts';
import { createList, type List } from './list.ts';
import { network } from './problem.ts';
import { flight } from './rows.fixture.ts';
import { createTicks, type Flight } from './rows.ts';
import { createStore } from './store.ts';

interface Request {
  readonly query: FlightQuery;
  readonly cursor: string | undefined;
  readonly size: number;
  readonly respond: (fetched: Fetched<Flight>) => void;
  read?: Fetched<Flight>;
}

export const cheap = (costTo: number): FlightQuery => ({
  filter: { costTo },
  order: 'COST',
  isDescending: false,
});

/** The keys of a list are those of the server; what a flight's service does is up to the test. */
const keyOf = ({ cost, id }: Flight) => `${String(cost).padStart(6, '0')} ${id}`;

/** A flight service, and a page with a list of its flights; nothing happens between them unless the test says so. */
export function listedFlights(
  pageSize = 3,
  first = cheap(100),
  heard = (list: List<FlightQuery>) => list,
  frame = (run: () => void) => run(),
) {
  const served = new Map<string, Flight>();
  const owed: string[] = [];
  const pushes: Flight[] = [];
  const requests: Request[] = [];
  const timers: (() => void)[] = [];
  const later = (run: () => void) => void timers.push(run);
  const store = createStore({ frame, later: (run) => run() });
  const ticks = createTicks();
  const nobody = async () => ({ problem: network });
  const kind: Kind<Flight, FlightQuery> = {
    ...createKinds({ query: nobody, mutate: nobody }, store, ticks).flights,
    fetch: (query, cursor, size) =>
      new Promise((respond) => void requests.push({ query, cursor, size, respond })),
  };
  const list = createList(kind, first, { ticks, later, touch: store.touch, pageSize });
  store.flights.join(heard(list));
  store.lists.add(list);
  const found = (query: FlightQuery) =>
    [...served.values()]
      .filter((row) => kind.matches(row, query))
      .sort((one, other) => kind.compare(one, other, query));

  const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
  const steps = {
    /** Registers a flight, or changes its cost. */
    change(id: string, cost: number) {
      served.set(id, flight({ id, cost, flightCode: id }));
      owed.push(id);
    },
    sendPush() {
      const row = served.get(owed.shift() ?? '');
      if (row) pushes.push(row);
    },
    receivePush() {
      const row = pushes.shift();
      if (!row) return;
      store.flights.push(row, ticks.next());
      store.touch();
    },
    /** The service reads what the oldest request asks for. */
    read() {
      const request = requests.find(({ read }) => !read);
      if (!request) return;
      const all = found(request.query);
      const rest = all.filter((row) => request.cursor === undefined || keyOf(row) > request.cursor);
      const rows = rest.slice(0, request.size);
      const last = rows.at(-1);
      const next = last && rest.length > rows.length ? keyOf(last) : undefined;
      request.read = { page: { rows, totalCount: all.length, next } };
    },
    fail() {
      const request = requests.find(({ read }) => !read);
      if (request) request.read = { problem: network };
    },
    respond() {
      const index = requests.findIndex(({ read }) => read);
      const [request] = index < 0 ? [] : requests.splice(index, 1);
      if (request?.read) request.respond(request.read);
    },
    wait: () => timers.shift()?.(),
  };
  return {
    ...steps,
    list,
    tick,
    asked: () => requests.map(({ size, cursor }) => ({ size, cursor })),
    /** Lets everything arrive. */
    async rest() {
      for (let turn = 0; turn < 500; turn += 1) {
        while (owed.length > 0) steps.sendPush();
        while (pushes.length > 0) steps.receivePush();
        while (requests.some(({ read }) => !read)) steps.read();
        while (requests.length > 0) steps.respond();
        await tick();
        if (timers.length === 0 && requests.length === 0) return;
        steps.wait();
        await tick();
      }
      throw new Error('The list does not come to rest.');
    },
    shown: () => list.view.get().ids,
    expected: () => found(list.view.get().query).map(({ id }) => id),
  };
}
