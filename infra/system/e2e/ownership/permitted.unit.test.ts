import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agreedOn, rolesFor } from './permitted.ts';

const ROLES = ['customer', 'staff', 'operator'];

const table = readFileSync(new URL('../../../../schema/access.md', import.meta.url), 'utf8');
const rows = [...table.matchAll(/^\| `(\S+)` \| (\w+) \| (.*) \|$/gm)];

test('the rules of the graph let those roles alone see a field, or call a mutation, that people have agreed on', () => {
  const ruled = rows.map(([, field = '', anonymous, others = '']) => {
    const cells = others.split(' | ');
    return [field, anonymous === 'public' ? undefined : ROLES.filter((_, index) => cells[index] !== 'no')];
  });
  expect(ruled).not.toEqual([]);
  expect(
    ruled,
    'what is expected is what people have agreed on: say of a new field or mutation in ownership.fixture.ts of its subgraph (`permitted`) who may see it, or correct its rule in the SDL',
  ).toEqual(rows.map(([, field = '']) => [field, rolesFor(field)]));
});

test('no two speak of the same field, of which one might be of another subgraph', () => {
  expect(rows.filter(([, field = '']) => agreedOn(field).length > 1).map(([, field]) => field)).toEqual([]);
});
