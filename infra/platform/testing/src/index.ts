export { anyPorts } from './any-ports.ts';
export {
  launchBrowser,
  type OpenedSocket,
  type RecordedPage,
  type Recording,
  type SentRequest,
  type TestBrowser,
} from './browser.ts';
export { makeCertificate } from './certificate.ts';
export { type ChildProcess, type Ended, startChild } from './child-process.ts';
export { withClockAndChance } from './clock-and-chance.ts';
export { freePort } from './free-port.ts';
export { execute, type GraphQLResponse, post, request } from './graphql-client.ts';
export { listen } from './listen.ts';
export { loopTurns } from './loop-turns.ts';
export { type PgBouncer, startPgBouncer } from './pg-bouncer.ts';
export { type PostgresServer, startPostgresServer, unprivileged } from './postgres-server.ts';
export { present } from './present.ts';
export { type RedisCluster, startRedisCluster } from './redis-cluster.ts';
export { type RedisProcess, redisCommand } from './redis-process.ts';
export { continueReplication, isInSync, pauseReplication, replicationOf } from './redis-replication.ts';
export { type RedisSentinels, startRedisSentinels } from './redis-sentinel.ts';
export { type RedisServer, startRedisServer } from './redis-server.ts';
export { type Requirement, requires } from './requirement.ts';
export { pick, seeded } from './seeded.ts';
export { mountSmallDisk, requiresMount, type SmallDisk } from './small-disk.ts';
export { type Pushed, type Subscribe, type Subscribed, subscriber } from './subscriber.ts';
export { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
export { tempFolder } from './temp-folder.ts';
export { until } from './until.ts';
