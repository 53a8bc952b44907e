import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NodeProcess, startNodeProcess } from '@airline/local/process';
import { services } from '@airline/schema/events';
import {
  freePort,
  post,
  requires,
  startPostgresServer,
  startRedisServer,
  tempFolder,
  until,
} from '@airline/testing';
import { identityEnv, tokenFor } from '@airline/testing/identity';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { secretsIn } from './forms.ts';

const REDIS_PASSWORD = 'only-the-redis-of-this-test/has+it';
const POSTGRES_PASSWORD = 'only-the-postgres-of-this-test/has+it';
const PROVIDER_KEY = 'only-the-payment-provider-would-know-it';
const BASIC_PASSWORD = 'what-someone-types-as-their-password';
const READY = /https?:\/\/\S+\/graphql/;

const signatureOf = (token: string) => token.slice(token.lastIndexOf('.') + 1);
const authorizing = (credential: string) => ({ authorization: credential });

/** A whole system in processes of its own, which log all that they can, with secrets in all their variables. */
async function start(stack: AsyncDisposableStack) {
  const folder = stack.use(await tempFolder());
  const redis = stack.use(await startRedisServer());
  await redis.command('ACL', 'SETUSER', 'airline', 'on', `>${REDIS_PASSWORD}`, '~*', '&*', '+@all');
  const postgres = stack.use(await startPostgresServer());
  const auditLog = join(folder.path, 'audit.log');
  const env: Record<string, string> = {
    ...identityEnv,
    DATA_DIR: folder.path,
    LOG_LEVEL: 'trace',
    AUDIT_LOG: auditLog,
    REDIS_URL: redis.url.replace('redis://', `redis://airline:${encodeURIComponent(REDIS_PASSWORD)}@`),
  };
  const processes = new Map<string, NodeProcess>();
  stack.defer(async () => {
    await Promise.all([...processes.values()].map((each) => each.kill()));
  });
  for (const service of services) {
    const name = service.toUpperCase();
    const url = await postgres.createDatabase(service);
    env[`${name}_DB_URL`] = url.replace('airline@', `airline:${encodeURIComponent(POSTGRES_PASSWORD)}@`);
    const port = String(await freePort());
    env[`${name}_URL`] = `http://127.0.0.1:${port}/graphql`;
    const own = { ...env, [`${name}_PORT`]: port };
    processes.set(
      service,
      await startNodeProcess(`subgraphs/${service}/src/main.ts`, onlyOf(own, service), READY),
    );
  }
  const port = String(await freePort());
  const router = { ...env, ROUTER_PORT: port };
  processes.set('router', await startNodeProcess('router/src/main.ts', onlyOf(router, 'router'), READY));
  return { redis, postgres, processes, auditLog, url: `http://127.0.0.1:${port}/graphql` };
}

/** Of the variables those that a process reads: the others would be refused as misspelled. */
function onlyOf(env: Readonly<Record<string, string>>, process: string): Record<string, string> {
  const prefix = new RegExp(`^(${services.map((name) => name.toUpperCase()).join('|')})_(PORT|DB_URL|URL)$`);
  const router = /^(JWT_|AUDIT_LOG|ROUTER_|[A-Z]+_URL$)/;
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => {
      if (name === 'REDIS_URL') return process !== 'router';
      if (process === 'router') return !name.endsWith('_DB_URL');
      return prefix.test(name)
        ? (name.startsWith(`${process.toUpperCase()}_`) && !name.endsWith('_URL')) ||
            name === `${process.toUpperCase()}_DB_URL`
        : !router.test(name);
    }),
  );
}

/** Sends over a WebSocket what a client connects with; resolves when the router has responded. */
function connect(url: string, authorization: string): Promise<void> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  return new Promise((resolve) => {
    socket.once('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })),
    );
    socket.once('message', () => socket.close());
    socket.once('close', () => resolve());
    socket.once('error', () => resolve());
  });
}

/** What a process that cannot start says. */
async function refusedStart(file: string, env: Readonly<Record<string, string>>): Promise<string> {
  try {
    await (await startNodeProcess(file, env, READY)).kill();
  } catch (error) {
    return String(error);
  }
  throw new Error(`${file} has started.`);
}

test(
  'no log holds a secret or a token, in any form, whatever fails',
  requires('redis-server', 'postgres').options,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { redis, postgres, processes, auditLog, url } = await start(stack);
    const [clerk, kim, brief] = await Promise.all([
      tokenFor({ subject: 'clerk', roles: ['staff'] }),
      tokenFor({ subject: 'kim' }),
      tokenFor({ subject: 'late', expiresIn: -60 }),
    ]);
    const forged = `${kim.slice(0, kim.lastIndexOf('.'))}.${signatureOf(brief)}`;
    const ask = (query: string, authorization: string, variables = {}) =>
      post(url, JSON.stringify({ query, variables }), authorizing(authorization)).catch(
        (error: unknown) => error,
      );

    const register =
      'mutation { registerFlight(input: { flightCode: "KE1", takeoffDate: "2030-01-01", cost: 1, remainingSeatsCount: 5 }) { flight { id } } }';
    const place =
      'mutation P($flight: ID!) { placeReservation(input: { customerId: "kim", flightId: $flight, seatQty: 1, awaitOutcome: true }) { reservation { id status } } }';
    const registered = await ask(register, `Bearer ${clerk}`);
    const flight = JSON.stringify(registered).match(/[0-9a-f]{8}-[0-9a-f-]{27}/)?.[0] ?? 'none';
    await ask(place, `Bearer ${kim}`, { flight });
    const basic = `Basic ${Buffer.from(`kim:${BASIC_PASSWORD}`).toString('base64')}`;
    const bad = [`Bearer ${forged}`, `Bearer ${brief}`, `Bearer ${kim}.x`, `Bearer${clerk}`, clerk, basic];
    for (const authorization of bad) {
      await ask(place, authorization, { flight });
      await connect(url, authorization);
    }
    await connect(url, `Bearer ${kim}`);
    await fetch(`${url}?query={__typename}&access_token=${kim}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    await ask(`{ __typename(token: "${kim}") }`, `Bearer ${kim}`);

    await redis.kill();
    await ask(place, `Bearer ${kim}`, { flight });
    const said = (name: string, text: RegExp) =>
      until(`${name} logs ${text}`, () => text.test(processes.get(name)?.output() ?? ''));
    await said('reservation', /"level":"(warn|error)".*(ECONNREFUSED|redis|transport|Socket closed)/i);
    await postgres.kill();
    await ask(place, `Bearer ${kim}`, { flight });
    await ask('{ customerInfos { nodes { customerId } } }', `Bearer ${clerk}`);
    await said('reservation', /"level":"(warn|error)".*(terminat|ECONNREFUSED|ECONNRESET|connection)/i);

    const starts = await Promise.all([
      refusedStart('router/src/main.ts', { JWT_SECRET: identityEnv.JWT_SECRET.slice(0, 20) }),
      refusedStart('subgraphs/payment/src/main.ts', { PAYMENT_API_KEY: PROVIDER_KEY }),
      refusedStart('subgraphs/payment/src/main.ts', { PAYMENT_DB_URL: `mysql://u:${POSTGRES_PASSWORD}@h/d` }),
      refusedStart('subgraphs/payment/src/main.ts', { REDIS_URL: `redis://:${REDIS_PASSWORD}@h:x` }),
    ]);
    for (const name of ['JWT_SECRET', 'PAYMENT_API_KEY', 'PAYMENT_DB_URL', 'REDIS_URL'])
      expect(starts.join()).toContain(name);

    await processes.get('router')?.stop();
    const logs = {
      ...Object.fromEntries([...processes].map(([name, each]) => [name, each.output()])),
      audit: await readFile(auditLog, 'utf8'),
      starts: starts.join('\n'),
    };
    for (const [name, text] of Object.entries(logs)) expect(text.length, name).toBeGreaterThan(100);
    expect(logs.audit).toMatch(/"event":"mutation".*"subject":"clerk"/);
    expect(logs.audit).toContain('UNAUTHENTICATED');

    const secrets = {
      ...identityEnv,
      REDIS_PASSWORD,
      POSTGRES_PASSWORD,
      PROVIDER_KEY,
      BASIC_PASSWORD,
      clerk: signatureOf(clerk),
      kim: signatureOf(kim),
      brief: signatureOf(brief),
    };
    const found = Object.entries(logs).map(([name, text]) => [name, secretsIn(text, secrets)]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.keys(logs).map((name) => [name, []])),
    );
  },
);
