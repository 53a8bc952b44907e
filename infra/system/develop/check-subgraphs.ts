import { resolve } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { sharedPorts } from '@airline/schema/events';
import { eventsWithoutPolicy, startProcess, unhandledPublishers, unheardPolicies } from '@airline/service';
import { unpublishedEvents } from './unpublished-events.ts';

// Reports where the list of subgraphs and the subgraphs differ, each with what to do.

await startProcess(async () => {
  const subgraphs = await loadSubgraphs();
  const faults = [
    ...sharedPorts(),
    ...subgraphs.flatMap(unheardPolicies),
    ...subgraphs.flatMap(unhandledPublishers),
    ...eventsWithoutPolicy(subgraphs),
    ...unpublishedEvents(resolve(import.meta.dirname, '../../..')),
  ];
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n`);
    process.exitCode = 1;
  }
});
