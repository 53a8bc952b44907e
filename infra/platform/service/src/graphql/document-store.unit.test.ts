import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { documentStore } from './document-store.ts';

test('parsed documents are kept within a bound, small and large ones', async () => {
  const kept = async (length: number, count: number) => {
    const store = documentStore();
    const document = parse(`{ a } #${'x'.repeat(length)}`);
    for (let n = 0; n < count; n += 1) await store.set(`${n}`, document);
    const found = await Promise.all(Array.from({ length: count }, (_, n) => store.get(`${n}`)));
    return found.filter((each) => each !== undefined).length;
  };
  expect(await kept(0, 2_000)).toBeLessThan(1_000);
  expect(await kept(0, 900)).toBe(900);
  expect(await kept(10_000, 100)).toBe(9);
});
