import { command, endWithUsage, StartError, startProcess } from '@airline/service';
import { eraseCustomer } from './customer/erase.ts';
import { findCustomer } from './customer/find.ts';
import { createGraph } from './rebuild/graph.ts';

// An operator's command, while the system runs: what it holds of a customer, and the erasure of what no law keeps.

const usage = `Usage: npm run customer -- find ID
       npm run customer -- erase ID --reason TEXT
  find shows everything that the system holds of a customer, by service. erase erases what no law keeps: the dashboard's info,
  and whose the histories of reservations are. It may be called again. TEXT is stored, and names nobody.
  ACCESS_TOKEN is the token of an operator, which an open system does not require. ROUTER_URL defaults to http://127.0.0.1:8088/graphql.`;

const DEFAULT_URL = 'http://127.0.0.1:8088/graphql';

await startProcess(async () => {
  const { act, customerId, reason } = options();
  const { ROUTER_URL: url = DEFAULT_URL, ACCESS_TOKEN: token } = process.env;
  if (!URL.canParse(url)) {
    throw new StartError(`ROUTER_URL is not a URL; expected one such as ${DEFAULT_URL}.`);
  }
  const graph = createGraph({ url, token });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (act === 'erase') await eraseCustomer({ graph, customerId, reason, print });
  else await findCustomer({ graph, customerId, print });
});

function options() {
  const { values, positionals } = command({
    usage,
    allowPositionals: true,
    options: { reason: { type: 'string', default: '' } },
  });
  const [act, customerId, ...more] = positionals;
  const { reason } = values;
  const isWhole = (act === 'find' && reason === '') || (act === 'erase' && reason.trim() !== '');
  if (isWhole && customerId && more.length === 0) return { act, customerId, reason };
  return endWithUsage('This is none of its forms.', usage);
}
