import { parseArgs } from 'node:util';
import { StartError, startProcess } from '@airline/service';
import { loadDemoData } from './demo-data/load.ts';
import type { DemoOptions } from './demo-data/plan.ts';
import { createGraph } from './rebuild/graph.ts';

// A command for trying and for tests of large amounts: `npm run demo-data`, while the system runs.

const DEFAULT_URL = 'http://127.0.0.1:8088/graphql';
const DEFAULTS = { flights: 40, bookings: 300, customers: 60, seed: 1 };
const MOST = { flights: 100_000, bookings: 1_000_000, customers: 100_000, seed: 2 ** 32 - 1 };

const usage = `Usage: npm run demo-data [-- [--flights N] [--bookings N] [--customers N] [--seed N] [--date YYYY-MM-DD] [--url URL]]
  Loads flights, bookings and cancellations through the graph, as clients do. The same options are the same data.
  --flights N    default ${DEFAULTS.flights}. Each is registered once, by its code and day.
  --bookings N   default ${DEFAULTS.bookings}. Some are sold out, some too late, and customers cancel one in 25.
  --customers N  default ${DEFAULTS.customers}.
  --seed N       default ${DEFAULTS.seed}; another one is other data.
  --date DAY     the day on which customers book; default today, UTC.
  --url URL      the graph; default ROUTER_URL, or ${DEFAULT_URL}.
  ACCESS_TOKEN is the token of a clerk (the role staff), which an open system does not require.
  After an interruption, or an error, the same command with the same --date goes on: nothing is registered or booked twice.
  5,000 flights and 50,000 bookings are within the budget of one client (COST_PER_SECOND); where the router has no room it
  says when to try again, and the command waits. It ends when all bookings have settled.`;

await startProcess(async () => {
  const { url, help, ...options } = optionsOf(process.argv.slice(2));
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  if (help) return print(usage);
  if (!URL.canParse(url))
    throw new StartError(`The URL of the graph is not one; expected one such as ${DEFAULT_URL}.`);
  const connection = { url, token: process.env.ACCESS_TOKEN };
  const again = `The same command goes on: ${commandOf(options)}`;
  process.once('SIGINT', () => {
    print(`Interrupted. ${again}`);
    process.exit(130);
  });
  try {
    await loadDemoData({
      ...options,
      graph: createGraph(connection),
      once: createGraph({ ...connection, attempts: 1 }),
      print,
      clock: () => performance.now(),
    });
  } catch (error) {
    if (error instanceof StartError) throw new StartError(`${error.message}\n${again}`);
    throw error;
  }
});

function commandOf(options: DemoOptions): string {
  const given = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
  return `npm run demo-data -- ${given.join(' ')}`;
}

/** @throws StartError with the usage */
function optionsOf(args: string[]) {
  const { ROUTER_URL = DEFAULT_URL } = process.env;
  const text = { type: 'string' } as const;
  let values: Partial<Record<keyof typeof DEFAULTS | 'date' | 'url', string>> & { help?: boolean };
  try {
    const options = { flights: text, bookings: text, customers: text, seed: text, date: text, url: text };
    values = parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
  const numberOf = (name: keyof typeof DEFAULTS): number => {
    const number = Number(values[name] ?? DEFAULTS[name]);
    const least = name === 'flights' || name === 'customers' ? 1 : 0;
    if (/^\d+$/.test(values[name] ?? '0') && number >= least && number <= MOST[name]) return number;
    throw new StartError(`--${name} must be a whole number from ${least} to ${MOST[name]}.\n${usage}`);
  };
  const { date = new Date().toISOString().slice(0, 10), url = ROUTER_URL, help = false } = values;
  const isDate = /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(Date.parse(date));
  if (!isDate) throw new StartError(`--date must be a day such as 2030-01-31.\n${usage}`);
  return {
    flights: numberOf('flights'),
    bookings: numberOf('bookings'),
    customers: numberOf('customers'),
    seed: numberOf('seed'),
    date,
    url,
    help,
  };
}
