import { expect, test } from 'vitest';
import { accessTable } from './access-table.ts';

const subgraph = (name: string, sdl: string) => ({ name, url: '', sdl });
const lines = (...sdls: string[]) =>
  accessTable(sdls.map((sdl, index) => subgraph(`gate${index}`, sdl)))
    .split('\n')
    .filter((line) => line.startsWith('| `Gate.'));

test.each([
  ['@tag(name: "public")', 'public | public | public | public'],
  ['@authenticated', 'no | all | all | all'],
  ['@policy(policies: [["owner"], ["staff"]])', 'no | own | all | no'],
  ['@policy(policies: [["operator"]])', 'no | no | no | all'],
  ['@policy(policies: [["staff", "operator"]])', 'no | no | no | no'],
  [
    '@requiresScopes(scopes: [["a", "b"], ["c"]])',
    'no | all, with a and b or c | all, with a and b or c | all, with a and b or c',
  ],
])('a field with %s', (rule, cells) => {
  expect(lines(`type Gate { a: Int ${rule} }`)).toEqual([`| \`Gate.a\` | ${cells} |`]);
});

test('a field has the rules of its type and of all its subgraphs', () => {
  const owned = '@policy(policies: [["owner"], ["staff"]])';
  expect(
    lines(
      `type Gate @tag(name: "public") { a: Int b: Int ${owned} }`,
      'type Gate { a: Int @policy(policies: [["staff"]]) }',
    ),
  ).toEqual(['| `Gate.a` | no | no | all | no |', '| `Gate.b` | no | own | all | no |']);
});
