import type { lookup } from 'node:dns';
import { expect, test } from 'vitest';
import { rememberingLookup } from './remembering-lookup.ts';

type Respond = (
  error: NodeJS.ErrnoException | null,
  addresses: { address: string; family: number }[],
) => void;

/** A resolver that responds when it is told to. */
function scripted() {
  const waiting: Respond[] = [];
  // It is only called with `all`.
  const ask = ((_name: string, _options: object, respond: Respond) =>
    void waiting.push(respond)) as typeof lookup;
  const look = rememberingLookup(ask);
  const resolve = () =>
    new Promise((found, failed) => {
      look('flight', { all: true }, (error, addresses) => (error ? failed(error) : found(addresses)));
    });
  const respond = (address: string) => waiting.shift()?.(null, [{ address, family: 4 }]);
  const fail = () => waiting.shift()?.(new Error('no such host'), []);
  return { resolve, respond, fail };
}

test('an address is there at once the second time, and replaced by the newest', async () => {
  const { resolve, respond, fail } = scripted();
  const first = resolve();
  respond('10.0.0.1');
  expect(await first).toEqual([{ address: '10.0.0.1', family: 4 }]);
  expect(await resolve()).toEqual([{ address: '10.0.0.1', family: 4 }]);
  respond('10.0.0.2');
  expect(await resolve()).toEqual([{ address: '10.0.0.2', family: 4 }]);
  fail();
  expect(await resolve()).toEqual([{ address: '10.0.0.2', family: 4 }]);
});

test('a name that has never been resolved fails', async () => {
  const { resolve, fail } = scripted();
  const failing = resolve();
  fail();
  await expect(failing).rejects.toThrow('no such host');
});
