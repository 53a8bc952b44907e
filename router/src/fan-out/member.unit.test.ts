import { describe, expect, test } from 'vitest';
import { slowConsumer } from './errors.ts';
import { client, settled } from './hub.fixture.ts';
import { type Delivered, Member, type MemberOptions } from './member.ts';

const delivered = (number: number): Delivered => ({ done: false, value: { data: { number } } });
const yielded = (number: number) => ({ done: false, value: { data: { number } } });
const DONE = { done: true, value: undefined };

function createMember(options: Partial<MemberOptions> = {}) {
  const member = new Member({
    execution: { cost: 1, weight: 1 },
    client: client(),
    delivery: 'all',
    connection: undefined,
    capacity: 3,
    ended: undefined,
    ...options,
  });
  const left: Member[] = [];
  member.place = { leave: (which) => void left.push(which) };
  return { member, left: () => left.length };
}

describe('a member', () => {
  test('hands out what was queued, in order, and then what comes', async () => {
    const { member } = createMember();
    for (const number of [1, 2, 3]) expect(member.push(delivered(number))).toBe(true);
    expect(member.push(delivered(4))).toBe(false);
    expect([await member.next(), await member.next(), await member.next()]).toEqual([1, 2, 3].map(yielded));
    const waiting = member.next();
    member.push(delivered(4));
    expect(await waiting).toEqual(yielded(4));
  });

  test('resolves several pending reads in their order', async () => {
    const { member } = createMember();
    const all = Promise.all([member.next(), member.next(), member.next(), member.next()]);
    for (const number of [1, 2, 3]) {
      member.push(delivered(number));
      await settled();
    }
    member.end(undefined);
    expect(await all).toEqual([...[1, 2, 3].map(yielded), DONE]);
  });

  test('with delivery latest keeps only the newest result', async () => {
    const { member } = createMember({ delivery: 'latest', capacity: 64 });
    for (let number = 1; number <= 1000; number += 1) member.push(delivered(number));
    expect(await member.next()).toEqual(yielded(1000));
  });

  test('yields what is queued before it ends, or drops it', async () => {
    for (const dropQueued of [false, true]) {
      const { member, left } = createMember();
      member.push(delivered(1));
      member.end(slowConsumer, { dropQueued });
      member.end(undefined);
      expect(left()).toBe(1);
      if (!dropQueued) expect(await member.next()).toEqual(yielded(1));
      expect(await member.next()).toEqual({ done: false, value: member.failure });
      expect(await member.next()).toEqual(DONE);
      expect(member.failure).toBe(slowConsumer);
    }
  });

  test('reports its end at once, whether or not a read is pending', () => {
    const ended: Member[] = [];
    const { member } = createMember({ ended: (which) => void ended.push(which) });
    member.end(slowConsumer);
    expect(ended).toEqual([member]);
    const other = createMember({ ended: (which) => void ended.push(which) });
    void other.member.return();
    expect(ended).toEqual([member]);
  });

  test('leaves synchronously when it returns, while its reader waits', async () => {
    const { member, left } = createMember();
    const waiting = member.next();
    const returned = member.return();
    expect(left()).toBe(1);
    expect([await waiting, await returned, await member.next()]).toEqual([DONE, DONE, DONE]);
    await expect(member.throw(new Error('no more'))).rejects.toThrow('no more');
    expect(left()).toBe(1);
  });

  test('(control) an async generator leaves only after what it waits for', async () => {
    let hasLeft = false;
    const push = Promise.withResolvers<number>();
    const generator = (async function* (): AsyncGenerator<number, void> {
      try {
        yield await push.promise;
      } finally {
        hasLeft = true;
      }
    })();
    const waiting = generator.next();
    const returned = generator.return();
    await settled();
    expect(hasLeft).toBe(false);
    push.resolve(1);
    await Promise.all([waiting, returned]);
    expect(hasLeft).toBe(true);
  });
});
