import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Doorway } from './doorway.ts';

/** A doorway, and who has been let in. */
function start(isBehindProxy = false) {
  const inside: string[] = [];
  const doorway = new Doorway(
    {
      // These are no addresses of a socket, but of the test's.
      addressOf: ({ socket }) => (socket as unknown as Comer).address,
      isBehindProxy,
    },
    (socket) => inside.push((socket as unknown as Comer).name),
  );
  const comers: Comer[] = [];
  const come = (address: string, count: number) => {
    for (let i = 0; i < count; i += 1) {
      const comer = new Comer(address, `${address}${i}`);
      comers.push(comer);
      doorway.enter(comer as unknown as Socket);
    }
  };
  return { inside, come, comers };
}

class Comer {
  readonly address: string;
  readonly name: string;
  destroyed = false;

  constructor(address: string, name: string) {
    this.address = address;
    this.name = name;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

const turn = () => new Promise(setImmediate);

test('in each turn one of each address comes in, in the order of their coming', async () => {
  const { inside, come } = start();
  come('a', 3);
  come('b', 1);
  expect(inside).toEqual(['a0', 'b0']);
  await turn();
  expect(inside).toEqual(['a0', 'b0', 'a1']);
  // What has been let in in this turn counts for those who come now.
  come('a', 1);
  expect(inside).toHaveLength(3);
  await turn();
  await turn();
  expect(inside).toEqual(['a0', 'b0', 'a1', 'a2', 'a0']);
});

test('of a proxy sixteen come in', async () => {
  const { inside, come } = start(true);
  come('proxy', 40);
  expect(inside).toHaveLength(16);
  await turn();
  expect(inside).toHaveLength(32);
  await turn();
  expect(inside).toHaveLength(40);
});

test('those who leave while they wait do not come in', async () => {
  const { inside, come, comers } = start();
  come('a', 3);
  comers[1]?.destroy();
  await turn();
  await turn();
  expect(inside).toEqual(['a0', 'a2']);
});

test('beyond 1,024 of one address that wait, they are closed', () => {
  const { come, comers } = start();
  come('a', 1_030);
  come('b', 2);
  expect(comers.filter(({ destroyed }) => destroyed).map(({ name }) => name)).toEqual([
    'a1025',
    'a1026',
    'a1027',
    'a1028',
    'a1029',
  ]);
});
