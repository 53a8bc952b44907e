import { availableParallelism } from 'node:os';
import { command } from '@airline/service/server';
import { airlineQueries } from './graphs/airline.ts';
import { guildQueries } from './graphs/guild.ts';
import { type Cores, readCores } from './processes.ts';
import { OURS, peerOf, type Router, routers } from './routers.ts';

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly delayMs: number;
  readonly cores: Cores;
  readonly queries: readonly string[];
  readonly routers: readonly Router[];
  /** Whether the two limits are measured too. */
  readonly withLimits: boolean;
  readonly isJson: boolean;
}

const LIMITS = 'limits';
const queryNames = [...guildQueries, ...airlineQueries].map(({ name }) => name);

const usage = `Usage: npm run bench:router [-- --rounds N] [--seconds N] [--connections N] [--delay MS] [--cores A:B] [--queries NAME,…]
                            [--peers NAME,…] [--peer NAME=URL …] [--json]
  This project's router beside others. Some minutes.`;

/** @throws Error naming the option at fault */
export function readOptions(args: readonly string[], warn: (line: string) => void): Options {
  const { values } = command({
    usage,
    numbers: { rounds: [1], connections: [1], delay: [0] },
    args: [...args],
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '32' },
      delay: { type: 'string', default: '0' },
      cores: { type: 'string', default: '0:1' },
      queries: { type: 'string', default: queryNames.join() },
      peers: { type: 'string', default: [...routers.map(({ name }) => name), LIMITS].join() },
      peer: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const known = [...routers.map(({ name }) => name), LIMITS];
  const peers = chosen('peers', values.peers, known);
  return {
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    connections: positive('connections', values.connections),
    delayMs: Number(values.delay),
    cores: readCores(values.cores, availableParallelism(), warn),
    queries: chosen('queries', values.queries, queryNames),
    // Ratios are to this project's router, so that it is always there.
    routers: [
      ...routers.filter(({ name }) => name === OURS || peers.includes(name)),
      ...values.peer.map(peerOf),
    ],
    withLimits: peers.includes(LIMITS),
    isJson: values.json,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} ${text}: expected a positive number.`);
  return value;
}

function chosen(option: string, text: string, known: readonly string[]): readonly string[] {
  const names = text.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`--${option}: unknown ${unknown.join(', ')}; known: ${known.join(', ')}.`);
  }
  return names;
}
