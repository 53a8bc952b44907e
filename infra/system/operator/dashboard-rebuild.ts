import { parseArgs } from 'node:util';
import { StartError, startProcess } from '@airline/service';
import { createGraph } from './rebuild/graph.ts';
import { rebuild } from './rebuild/rebuild.ts';

// An operator's command: `npm run dashboard:rebuild`, while the system runs.

const usage = `Usage: npm run dashboard:rebuild [-- --page N]
  Counts the reservations that the dashboard lacks, and corrects the infos that are wrong, while the system runs.
  N reservations are read at a time, 1 to 100; the default is 100.
  ROUTER_URL is the graph's (default http://127.0.0.1:8088/graphql), and OPERATOR_TOKEN is the services' own.`;

const DEFAULT_URL = 'http://127.0.0.1:8088/graphql';

await startProcess(async () => {
  const page = pageOf(process.argv.slice(2));
  const { ROUTER_URL: url = DEFAULT_URL, OPERATOR_TOKEN: token } = process.env;
  if (!token) {
    throw new StartError(
      'OPERATOR_TOKEN is not set: set it to the token with which the services were started.',
    );
  }
  if (!URL.canParse(url)) {
    throw new StartError(`ROUTER_URL is no URL; it should be one such as ${DEFAULT_URL}.`);
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  await rebuild({ graph: createGraph({ url, token }), page, say });
});

function pageOf(args: string[]): number {
  try {
    const { page } = parseArgs({ args, options: { page: { type: 'string', default: '100' } } }).values;
    const size = Number(page);
    if (Number.isInteger(size) && size >= 1 && size <= 100) return size;
  } catch {
    // The usage says what it takes.
  }
  throw new StartError(usage);
}
