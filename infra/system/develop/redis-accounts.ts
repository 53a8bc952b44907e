import { listensTo, type Service, services, streamOf } from '@airline/schema/events';

// https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/

/** What every client sends beside its commands: to connect, to notice silence, to find a stream's server, and to see that it will do. */
const CONNECT = '+hello +ping +info +select +role +cluster|info +cluster|keyslot +cluster|slots';
/** Of a stream's publisher: the relay appends and trims, or removes a stream that has lost entries, and the feed of live updates reads. Scripts may do no more than this. */
const PUBLISH = '+eval +xadd +xtrim +xinfo +xpending +xread +del';
/** Of those who read a stream in a group: they change the group, which is a part of the stream, and never an entry. */
const CONSUME =
  '+eval +xreadgroup +xack +xautoclaim +xclaim +xpending +xinfo +xgroup|create +xgroup|delconsumer';
/** Of the router: documents and budgets, in which replicas of it share. */
const CACHE = '+set +getex +incrby +pttl +pexpire +multi +exec +eval +evalsha';

/** The variable that holds an account's password. */
const passwordVariable = (account: string): string => `${account.toUpperCase()}_REDIS_PASSWORD`;

/**
 * The accounts of the Redis of events, a line each, with their passwords left to the environment: services write their own
 * stream, and read those that they listen to, in groups; the router has a part of its own; who brings no password may ping.
 */
export function redisAccounts(): string {
  const user = (name: string, rules: string) =>
    `user ${name} on >\${${passwordVariable(name)}:?} resetchannels -@all ${CONNECT} ${rules}`;
  return [
    'user default on nopass resetchannels -@all +ping',
    `user operator on >\${${passwordVariable('operator')}:?} ~* &* +@all`,
    ...services.map((service) => user(service, serviceRules(service))),
    user('router', `~airline:apq:* ~airline:cost:* ${CACHE}`),
    '',
  ].join('\n');
}

function serviceRules(service: Service): string {
  const own = `~${streamOf(service)} ${PUBLISH}`;
  const others = listensTo(service).map((publisher) => `%RW~${streamOf(publisher)}`);
  // A selector, so that what is allowed for the own stream is not allowed for those of others.
  return others.length === 0 ? own : `${own} (${others.join(' ')} ${CONSUME})`;
}
