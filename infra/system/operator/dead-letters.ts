import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { DeadLetter, DeadLetters } from '@airline/database';
import { loadSubgraph } from '@airline/local/subgraphs';
import { createLogger } from '@airline/observability';
import { services } from '@airline/schema/events';
import {
  command,
  databaseLabel,
  endWithUsage,
  openStore,
  StartError,
  startProcess,
  system,
} from '@airline/service';

// An operator's command, `npm run dead-letters`, with the service's own variables.

const usage = `Usage: npm run dead-letters -- SERVICE [what to do]
  SERVICE is one of ${services.join(', ')}. Lists the events that the service failed to handle.
  --replay [EVENT-ID ...] [--event-type TYPE]: the running service handles them again; default all.
  --drop EVENT-ID ... --reason TEXT: they are not handled any more. Who dropped them, when and why is kept for 30 days.
  --dropped: lists those that were dropped.`;

const options = {
  replay: { type: 'boolean' },
  'event-type': { type: 'string' },
  drop: { type: 'boolean' },
  reason: { type: 'string' },
  dropped: { type: 'boolean' },
} as const;

const print = (line: string) => process.stdout.write(`${line}\n`);

type Act = (
  letters: DeadLetters,
  of: { readonly name: string; readonly database: string },
) => Promise<string>;

function parse() {
  const { values, positionals } = parsed();
  const [first, ...eventIds] = positionals;
  const name = services.find((each) => each === first);
  const act = actOf(values, eventIds);
  return name && act ? { name, act } : endWithUsage('This is none of its forms.', usage);
}

const parsed = () => command({ usage, options, allowPositionals: true });

function actOf(values: ReturnType<typeof parsed>['values'], eventIds: readonly string[]): Act | undefined {
  const { reason, 'event-type': eventType } = values;
  const isAny = eventIds.length > 0;
  switch (Object.keys(values).sort().join()) {
    case '':
      return isAny ? undefined : list;
    case 'dropped':
      return isAny ? undefined : listDropped;
    case 'replay':
    case 'event-type,replay':
      return replaying(isAny ? eventIds : undefined, eventType);
    case 'drop,reason':
      return isAny && reason?.trim() ? dropping(eventIds, reason.trim()) : undefined;
    default:
      return undefined;
  }
}

const list: Act = async (deadLetters, { database }) => {
  const letters = await deadLetters.list();
  for (const letter of letters) printLetter(letter);
  return `${letters.length} dead letters in ${database}`;
};

const listDropped: Act = async (deadLetters, { database }) => {
  const letters = await deadLetters.dropped();
  for (const letter of letters) {
    printLetter(letter);
    print(`  dropped by ${letter.droppedBy}, ${letter.droppedAt}: ${letter.dropReason}`);
  }
  return `${letters.length} dropped dead letters in ${database}`;
};

const replaying =
  (eventIds: readonly string[] | undefined, eventType: string | undefined): Act =>
  async (deadLetters, { name }) => {
    const asked = await deadLetters.requestReplay({ eventIds, eventType });
    return `${asked} dead letters will be replayed by the running ${name} service.`;
  };

const dropping =
  (eventIds: readonly string[], reason: string): Act =>
  async (deadLetters, { database }) => {
    const by = `${userInfo().username}@${hostname()}`;
    return `${await deadLetters.drop(eventIds, { by, reason })} dead letters dropped in ${database}`;
  };

function printLetter({ eventId, eventType, stream, seq, deliveries, diedAt, error, event }: DeadLetter) {
  print(
    `${eventId}  ${eventType}  ${stream} ${seq}-0  ${diedAt}  tries: ${deliveries}\n  ${error}\n  ${event}`,
  );
}

await startProcess(async () => {
  const { name, act } = parse();
  const { readConfig, migrations } = await loadSubgraph(name);
  const { databaseUrl } = readConfig();
  const database = databaseLabel(databaseUrl);
  // Opening would create it.
  if (databaseUrl.startsWith('file:') && !existsSync(databaseUrl.slice('file:'.length))) {
    throw new StartError(`No such database: ${database}. Set DATA_DIR or ${name.toUpperCase()}_DB_URL.`);
  }
  const runtime = { ...system, logger: createLogger({ service: 'dead-letters', level: 'warn' }) };
  const store = await openStore(name, databaseUrl, { tables: {}, migrations, waitMs: 0 }, runtime);
  try {
    print(await act(store.deadLetters, { name, database }));
  } finally {
    await store.close();
  }
});
