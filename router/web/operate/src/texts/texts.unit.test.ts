import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { ko } from './ko.ts';

const errors = join(import.meta.dirname, '../../../../../infra/platform/service/src/errors/errors.ts');

test('each code that a request is refused with has words in both languages', () => {
  const [listed = ''] = readFileSync(errors, 'utf8').split('const knownCodes');
  const known = [...new Set(listed.match(/(?<=')[A-Z_]+(?=')/g))];
  expect(known).toContain('REQUEST_TIMEOUT');
  for (const { codes } of [en, ko])
    expect(Object.keys(codes).sort()).toEqual([...known, 'INTERNAL_SERVER_ERROR'].sort());
});

test('what is said in Korean is said in other words', () => {
  for (const part of ['codes', 'checks'] as const)
    for (const [code, text] of Object.entries(ko[part])) {
      expect(text).toMatch(/[가-힣]/);
      expect(en[part][code]).toBeDefined();
    }
});
