export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

export interface RedisAccount {
  readonly username?: string;
  readonly password?: string;
}

interface Reached {
  /** Whether every connection, also those to Sentinels, is made with TLS. */
  readonly tls: boolean;
  /** The account on the servers that hold the data. */
  readonly account: RedisAccount;
  readonly database: number;
}

/** One Redis server. */
export interface ServerTarget extends Reached {
  readonly kind: 'server';
  readonly hosts: readonly [RedisAddress];
}

/** The master of that name, wherever its Sentinels say that it is. */
export interface SentinelTarget extends Reached {
  readonly kind: 'sentinel';
  readonly hosts: readonly [RedisAddress, ...RedisAddress[]];
  readonly master: string;
  readonly sentinelAccount: RedisAccount;
}

/** A cluster, by some of its nodes; those name the others. It has no numbered databases. */
export interface ClusterTarget extends Reached {
  readonly kind: 'cluster';
  readonly hosts: readonly [RedisAddress, ...RedisAddress[]];
}

/** A parsed `REDIS_URL`, for any client. */
export type RedisTarget = ServerTarget | SentinelTarget | ClusterTarget;

/** The forms of such a URL, for messages. */
export const REDIS_URL_FORMS =
  'redis://host:port, redis+sentinel://host:port,host:port/master or redis+cluster://host:port,host:port ' +
  '(rediss for TLS)';

const SHAPE =
  /^redis(?<tls>s?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<account>[^@/?#]*)@)?(?<hosts>[^@/?#]+)(?:\/(?<path>[^?#]*))?(?:\?(?<query>[^#]*))?$/i;
const HOST = /^(?:\[(?<v6>[\da-f:.]+)\]|(?<name>[\w.-]+))(?::(?<port>\d{1,5}))?$/i;
const SERVER_PORT = 6379;
const SENTINEL_PORT = 26_379;

/**
 * Reads a Redis URL. A name, a password and what else it holds are percent-encoded where they contain reserved
 * characters. Lists of hosts make it something other than a WHATWG URL:
 *
 * - `redis://user:password@host:6379/0`: one server; the number of a database may follow
 * - `redis+sentinel://user:password@host:26379,host:26379/master/0`: Sentinels, and the name that they know the master
 *   by. The account is that of the servers; that of the Sentinels, where they ask for one, is
 *   `?sentinelPassword=…&sentinelUsername=…`
 * - `redis+cluster://user:password@host:6379,host:6379`: some nodes of a cluster
 *
 * `rediss` in place of `redis` means TLS, with the certificates checked for the addresses that are in the URL and those
 * that Sentinels and nodes announce.
 *
 * @throws TypeError when it is invalid; the message does not show it, as it may hold a password
 */
export function parseRedisUrl(text: string): RedisTarget {
  const parts = SHAPE.exec(text)?.groups;
  if (!parts) throw unreadable();
  const kind =
    (['sentinel', 'cluster'] as const).find((name) => name === parts.kind?.toLowerCase()) ?? 'server';
  const [first, ...others] = (parts.hosts ?? '')
    .split(',')
    .map((host) => addressOf(host, kind === 'sentinel' ? SENTINEL_PORT : SERVER_PORT));
  const path = (parts.path ?? '').split('/').map(decoded);
  const query = new URLSearchParams(parts.query);
  const reached = { tls: parts.tls !== '', account: accountOf(parts.account) };
  if (!first) throw unreadable();
  for (const name of query.keys()) {
    if (kind !== 'sentinel' || !/^sentinel(Username|Password)$/.test(name)) throw unreadable();
  }

  switch (kind) {
    case 'server':
      if (others.length > 0) throw unreadable();
      return { kind, hosts: [first], ...reached, database: databaseOf(path) };
    case 'sentinel': {
      const [master, ...rest] = path;
      if (!master) throw unreadable();
      const sentinelAccount = account(query.get('sentinelUsername'), query.get('sentinelPassword'));
      const hosts = [first, ...others] as const;
      return { kind, hosts, master, ...reached, sentinelAccount, database: databaseOf(rest) };
    }
    case 'cluster':
      if (databaseOf(path) !== 0) throw unreadable();
      return { kind, hosts: [first, ...others], ...reached, database: 0 };
  }
}

/** The URL of a target without its accounts, for logs and messages. */
export function describeTarget(target: RedisTarget): string {
  const { kind, hosts, tls, database } = target;
  const scheme = `redis${tls ? 's' : ''}${kind === 'server' ? '' : `+${kind}`}`;
  const places = hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`);
  const master = kind === 'sentinel' ? `/${target.master}` : '';
  return `${scheme}://${places.join(',')}${master}${database === 0 ? '' : `/${database}`}`;
}

const unreadable = () => new TypeError(`Invalid Redis URL: use ${REDIS_URL_FORMS}.`);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable();
  }
}

function addressOf(text: string, defaultPort: number): RedisAddress {
  const { v6, name, port } = HOST.exec(text)?.groups ?? {};
  const host = v6 ?? name;
  const number = Number(port ?? defaultPort);
  if (!host || number < 1 || number > 65_535) throw unreadable();
  return { host, port: number };
}

function accountOf(text = ''): RedisAccount {
  const [username = '', ...password] = text.split(':');
  return account(decoded(username), decoded(password.join(':')));
}

function account(username: string | null, password: string | null): RedisAccount {
  return { ...(username && { username }), ...(password && { password }) };
}

function databaseOf([text = '', ...rest]: readonly string[]): number {
  if (rest.some((segment) => segment !== '') || !/^\d{0,4}$/.test(text)) throw unreadable();
  return Number(text);
}
