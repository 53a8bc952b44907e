import { existsSync } from 'node:fs';
import { loadSubgraph } from '@airline/local/subgraphs';
import { createLogger } from '@airline/observability';
import { services } from '@airline/schema/events';
import { databaseLabel, openStore, StartError, startProcess, system } from '@airline/service';

// An operator's command: `npm run dead-letters -- SERVICE [--replay [EVENT-ID …]]`, with the service's own variables.

const usage = `Usage: npm run dead-letters -- SERVICE [--replay [EVENT-ID ...]]
  SERVICE is one of ${services.join(', ')}. Lists the events that the service failed to handle.
  --replay: the running service handles the given ones again; default all.`;

await startProcess(async () => {
  const [name = '', flag, ...eventIds] = process.argv.slice(2);
  const service = services.find((each) => each === name);
  if (!service || (flag !== undefined && flag !== '--replay')) throw new StartError(usage);
  const { readConfig, migrations } = await loadSubgraph(service);
  const { databaseUrl } = readConfig();
  const database = databaseLabel(databaseUrl);
  // Opening would create it.
  if (databaseUrl.startsWith('file:') && !existsSync(databaseUrl.slice('file:'.length))) {
    throw new StartError(`No such database: ${database}. Set DATA_DIR or ${name.toUpperCase()}_DB_URL.`);
  }
  const runtime = { ...system, logger: createLogger({ service: 'dead-letters', level: 'warn' }) };
  const options = { tables: {}, migrations, waitMs: 0 };
  const store = await openStore(service, databaseUrl, options, runtime);
  try {
    if (flag === '--replay') {
      const asked = await store.deadLetters.requestReplay(eventIds.length > 0 ? eventIds : undefined);
      process.stdout.write(`${asked} dead letters will be replayed by the running ${name} service.\n`);
    } else {
      const letters = await store.deadLetters.list();
      for (const { eventId, stream, seq, deliveries, diedAt, error, event } of letters) {
        process.stdout.write(
          `${eventId}  ${stream} ${seq}-0  ${diedAt}  tries: ${deliveries}\n  ${error}\n  ${event}\n`,
        );
      }
      process.stdout.write(`${letters.length} dead letters in ${database}\n`);
    }
  } finally {
    await store.close();
  }
});
