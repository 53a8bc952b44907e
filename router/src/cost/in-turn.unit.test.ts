import { expect, test } from 'vitest';
import { OPERATOR } from '../request.ts';
import { createInTurn, HEAVY_COST } from './in-turn.ts';

/** Work that ends when the test says so. */
function held() {
  const inTurn = createInTurn();
  const running: string[] = [];
  const begin = (name: string, source: string, cost = HEAVY_COST) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const done = inTurn(source, cost, () => {
      running.push(name);
      return promise.finally(() => running.splice(running.indexOf(name), 1));
    });
    return { done, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  return { running, begin };
}

const settled = () => new Promise(setImmediate);

test('what is heavy waits for the same client’s alone, in order, even if one fails', async () => {
  const { running, begin } = held();
  const [first, second, third] = [begin('1', 'a'), begin('2', 'a'), begin('3', 'a')] as const;
  const other = begin('other', 'b');
  await settled();
  expect(running).toEqual(['1', 'other']);
  first.fail();
  await expect(first.done).rejects.toThrow('1');
  await settled();
  expect(running).toEqual(['other', '2']);
  second.end();
  other.end();
  expect(await Promise.all([second.done, other.done])).toEqual(['2', 'other']);
  await settled();
  expect(running).toEqual(['3']);
  third.end();
  await third.done;
  begin('4', 'a');
  await settled();
  expect(running).toEqual(['4']);
});

test('what is light waits for nothing, nor does an operator', async () => {
  const { running, begin } = held();
  begin('heavy', 'a');
  begin('light', 'a', HEAVY_COST - 1);
  begin('light too', 'a', HEAVY_COST - 1);
  begin('operator', OPERATOR);
  begin('operator too', OPERATOR);
  await settled();
  expect(running.toSorted()).toEqual(['heavy', 'light', 'light too', 'operator', 'operator too']);
});
