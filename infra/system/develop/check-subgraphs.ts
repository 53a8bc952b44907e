import { loadSubgraphs } from '@airline/local/subgraphs';
import { sharedPorts } from '@airline/schema/events';
import { eventsWithoutPolicy, unhandledPublishers, unheardPolicies } from '@airline/service';

// Reports where the list of subgraphs and the subgraphs differ, each with what to do.

const subgraphs = await loadSubgraphs();
const faults = [
  ...sharedPorts(),
  ...subgraphs.flatMap(unheardPolicies),
  ...subgraphs.flatMap(unhandledPublishers),
  ...eventsWithoutPolicy(subgraphs),
];
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
}
