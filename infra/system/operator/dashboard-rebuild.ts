import { parseArgs } from 'node:util';
import { StartError, startProcess } from '@airline/service';
import { createGraph } from './rebuild/graph.ts';
import { rebuild } from './rebuild/rebuild.ts';

// An operator's command: `npm run dashboard:rebuild`, while the system runs.

const usage = `Usage: npm run dashboard:rebuild [-- --page N]
  Counts the reservations missing in the dashboard, and corrects wrong infos, while the system runs.
  N: reservations per page, from 1 to 100; default 100.
  ACCESS_TOKEN is the token of an operator, which an open system does not require. ROUTER_URL defaults to http://127.0.0.1:8088/graphql.`;

const DEFAULT_URL = 'http://127.0.0.1:8088/graphql';

await startProcess(async () => {
  const page = pageOf(process.argv.slice(2));
  const { ROUTER_URL: url = DEFAULT_URL, ACCESS_TOKEN: token } = process.env;
  if (!URL.canParse(url)) {
    throw new StartError(`ROUTER_URL is not a URL; expected one such as ${DEFAULT_URL}.`);
  }
  const progress = (line: string) => process.stdout.write(`${line}\n`);
  await rebuild({ graph: createGraph({ url, token }), page, progress });
});

function pageOf(args: string[]): number {
  try {
    const { page } = parseArgs({ args, options: { page: { type: 'string', default: '100' } } }).values;
    const size = Number(page);
    if (Number.isInteger(size) && size >= 1 && size <= 100) return size;
  } catch {
    // Reported as the usage below.
  }
  throw new StartError(usage);
}
