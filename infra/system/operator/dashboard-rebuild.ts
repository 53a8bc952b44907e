import { command, StartError, startProcess } from '@airline/service';
import { createGraph } from './rebuild/graph.ts';
import { rebuild } from './rebuild/rebuild.ts';

// An operator's command: `npm run dashboard:rebuild`, while the system runs.

const usage = `Usage: npm run dashboard:rebuild [-- --page N]
  Counts the reservations missing in the dashboard, and corrects wrong infos, while the system runs.
  N: reservations per page, from 1 to 100; default 100.
  ACCESS_TOKEN is the token of an operator, which an open system does not require. ROUTER_URL defaults to http://127.0.0.1:8088/graphql.`;

const DEFAULT_URL = 'http://127.0.0.1:8088/graphql';

await startProcess(async () => {
  const { page } = command({
    usage,
    options: { page: { type: 'string', default: '100' } },
    numbers: { page: [1, 100] },
  }).values;
  const { ROUTER_URL: url = DEFAULT_URL, ACCESS_TOKEN: token } = process.env;
  if (!URL.canParse(url)) {
    throw new StartError(`ROUTER_URL is not a URL; expected one such as ${DEFAULT_URL}.`);
  }
  const progress = (line: string) => process.stdout.write(`${line}\n`);
  await rebuild({ graph: createGraph({ url, token }), page: Number(page), progress });
});
