import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { Doorway, type DoorwayOptions } from './doorway.ts';

class Comer {
  readonly address: string;
  readonly name: string;
  isClosed = false;

  constructor(address: string, name: string) {
    this.address = address;
    this.name = name;
  }

  destroy(): void {
    this.isClosed = true;
  }
}

/** A doorway, and who has been let in. */
function start(options: Partial<DoorwayOptions> = {}) {
  const inside: string[] = [];
  const comers: Comer[] = [];
  // What comes here are no sockets: all that is asked of them is their address.
  const comerOf = (socket: unknown) => socket as Comer;
  const doorway = new Doorway(
    {
      addressOf: ({ socket }) => comerOf(socket).address,
      isBehindProxy: false,
      limits: { perClient: 50, inAll: 200 },
      ...options,
    },
    (socket) => inside.push(comerOf(socket).name),
  );
  return {
    doorway,
    inside,
    come: (address: string, count: number) => {
      for (let i = 0; i < count; i += 1) {
        const comer = new Comer(address, `${address}${i}`);
        comers.push(comer);
        doorway.enter(comer as unknown as Socket);
      }
    },
    /** How many of an address were closed. */
    closed: (address: string) => comers.filter((comer) => comer.isClosed && comer.address === address).length,
  };
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
  const { inside, come } = start({ isBehindProxy: true });
  come('proxy', 40);
  expect(inside).toHaveLength(16);
  await turn();
  expect(inside).toHaveLength(32);
  await turn();
  expect(inside).toHaveLength(40);
});

test('as many wait as a client may have, of a proxy as there may be; more are closed', () => {
  const { come, closed } = start();
  come('a', 53);
  expect(closed('a')).toBe(2);
  const proxy = start({ isBehindProxy: true });
  proxy.come('proxy', 217);
  expect(proxy.closed('proxy')).toBe(1);
});

test('all that wait are no more than there may be, but for sixteen of each address', async () => {
  const { come, closed, inside } = start();
  // One after the other, so that the first have filled what there is before the last come.
  for (const address of ['a', 'b', 'c', 'd']) come(address, 51);
  expect(closed('d')).toBe(0);
  come('e', 20);
  expect(closed('e')).toBe(3);
  come('a', 1);
  expect(closed('a')).toBe(1);
  for (let i = 0; i < 60; i += 1) await turn();
  expect(inside).toHaveLength(4 * 51 + 17);
  come('f', 40);
  expect(closed('f')).toBe(0);
});

test('it is closed for those who wait and those who come', async () => {
  const { doorway, come, inside, closed } = start();
  come('a', 3);
  doorway.close();
  come('a', 1);
  await turn();
  expect(inside).toEqual(['a0']);
  expect(closed('a')).toBe(3);
});
