import { inMemoryAt, type Place, type RedisProcess, startRedisProcess } from './redis-process.ts';
import { until } from './until.ts';

/** The account of replicas on their master, so that a test can disable it without affecting clients. */
const ACCOUNT = ['replica', 'on', '>replica', '+psync', '+replconf', '+ping'] as const;

/** Starts a server that can be master or replica. */
export async function startReplicable(
  settings: (place: Place) => readonly string[] = () => [],
): Promise<RedisProcess> {
  const server = await startRedisProcess((place) => [
    ...inMemoryAt(place),
    ...['--masteruser', 'replica', '--masterauth', 'replica', '--repl-diskless-sync-delay', '0'],
    ...['--user', ...ACCOUNT],
    ...settings(place),
  ]);
  return server;
}

/** A server's replication info. */
export async function replicationOf(server: RedisProcess): Promise<Record<string, string>> {
  const lines = String(await server.command('INFO', 'replication')).split('\r\n');
  return Object.fromEntries(lines.filter((line) => line.includes(':')).map((line) => line.split(':', 2)));
}

/** Whether it is a replica in sync with its master. */
export async function isInSync(replica: RedisProcess): Promise<boolean> {
  const { role, master_link_status } = await replicationOf(replica);
  return role === 'slave' && master_link_status === 'up';
}

/** Pauses replication, so that replicas lag until `continueReplication`. */
export async function pauseReplication(master: RedisProcess): Promise<void> {
  await master.command('ACL', 'SETUSER', 'replica', 'off');
  await master.command('CLIENT', 'KILL', 'TYPE', 'replica');
  await until('it has no replica', async () => (await replicationOf(master)).connected_slaves === '0');
}

export async function continueReplication(master: RedisProcess): Promise<void> {
  await master.command('ACL', 'SETUSER', ...ACCOUNT);
}
