import { expect, test } from 'vitest';
import { licenceFaults } from './licences.ts';

const policy = {
  allowed: new Set(['MIT', 'ISC']),
  exceptions: { own: { licence: 'Elastic-2.0', reason: 'r' } },
};
const own = { name: 'own', versions: ['1.0.0'], licence: 'Elastic-2.0' };
const faultsOf = (licence: string) =>
  licenceFaults([own, { name: 'guest', versions: ['1.0.0', '2.0.0'], licence }], policy);

test.each(['MIT', '(MIT OR GPL-3.0-only)', '(MIT AND ISC)', 'GPL-2.0-only OR ISC AND MIT'])(
  '%s is allowed',
  (licence) => {
    expect(faultsOf(licence)).toEqual([]);
  },
);

test.each([
  'GPL-3.0-only',
  'Elastic-2.0',
  '(MIT AND GPL-3.0-only)',
  'Unknown',
  'SEE LICENSE IN LICENSE',
  '(GPL-3.0-only OR (ISC AND GPL-2.0-only))',
])('%s is refused, with the package and what to do', (licence) => {
  expect(faultsOf(licence)).toEqual([
    expect.stringMatching(/^guest@1\.0\.0, 2\.0\.0 has the licence .*: replace the package, or allow it/),
  ]);
});

test('an exception that no package needs is named', () => {
  expect(licenceFaults([{ ...own, licence: 'MIT' }], policy)).toEqual([
    'own under Elastic-2.0 is an exception that no package needs: remove it.',
  ]);
});
