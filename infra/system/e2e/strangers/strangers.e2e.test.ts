import type { GraphQLResponse } from '@airline/testing';
import { identityEnv } from '@airline/testing/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withFault } from '../planted-faults/faults.ts';
import { type System, startEmbedded } from '../system.ts';
import { type Attack, attacks } from './attacks.ts';
import { type Way, ways } from './ways.ts';
import { openWorld, stateOf, type Target, type World } from './world.ts';

// Each attack in each way: what comes back has nothing of the victim, and is the same as if there were no victim.

const variables = { ...identityEnv, COST_LIMIT: '0', COST_PER_SECOND: '0' };

let system: System;
let world: World;
let before: GraphQLResponse;

beforeAll(async () => {
  system = await startEmbedded(variables);
  world = await openWorld(system.url);
  before = await stateOf(world);
});
afterAll(() => system[Symbol.asyncDispose]());

/** What somebody is told who names something; that, and nothing else, is replaced by what it stands for. */
async function told({ type, selection }: Attack, way: Way, target: Target, who: 'stranger' | 'staff') {
  const operation = { type, selection: selection(target, world) };
  const text = await way.send(world.url, operation, world.headers[who]);
  const named = Object.entries(target).filter(([, value]) => operation.selection.includes(value));
  return named.reduce((said, [name, value]) => said.replaceAll(value, `<${name}>`), text);
}

const secretsIn = (text: string) => world.secrets.filter((secret) => text.includes(secret));

describe.each(attacks)('$name', (attack) => {
  const possible = ways.filter(({ types }) => types.includes(attack.type));

  test.each(possible)('shows a stranger nothing, not even whether it exists: $name', async (way) => {
    const ofVictim = await told(attack, way, world.victim, 'stranger');
    expect(secretsIn(ofVictim)).toEqual([]);
    expect(ofVictim).toBe(await told(attack, way, world.nobody, 'stranger'));
  });

  if (!attack.shows) return;
  test.each(possible)('shows it to staff: $name', async (way) => {
    const ofVictim = await told(attack, way, world.victim, 'staff');
    expect([...secretsIn(ofVictim), ...(ofVictim.match(/<\w+>/g) ?? [])]).not.toEqual([]);
  });
});

test('nothing of the victim and of the flight has changed', async () => {
  expect(await stateOf(world)).toEqual(before);
});

test('a stranger would be shown it, if a caller could read what is of any customer', async () => {
  const { nodeOptions, env } = withFault('ownership off');
  await using open = await startEmbedded({ ...variables, ...env, NODE_OPTIONS: nodeOptions.join(' ') });
  const faulty = await openWorld(open.url);
  const [plainly] = ways;
  for (const { name, type, selection } of attacks.filter(({ shows }) => shows)) {
    const operation = { type, selection: selection(faulty.victim, faulty) };
    const text = (await plainly?.send(faulty.url, operation, faulty.headers.stranger)) ?? '';
    const said = text.replaceAll(operation.selection, '');
    expect(
      faulty.secrets.some((secret) => said.includes(secret)),
      name,
    ).toBe(true);
  }
});
