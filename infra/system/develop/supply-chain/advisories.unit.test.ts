import { expect, test } from 'vitest';
import { readAudit } from './advisories.ts';

const advisory = (severity: string) => ({
  module_name: 'guest',
  vulnerable_versions: '<2.0.0',
  severity,
  title: 'Prototype pollution',
  url: 'https://github.com/advisories/GHSA-0000',
});

test('severe advisories are listed, and others counted', () => {
  const advisories = { 1: advisory('moderate'), 2: advisory('critical'), 3: advisory('high') };
  expect(readAudit(JSON.stringify({ advisories }))).toEqual({
    isServed: true,
    severe: [
      'guest <2.0.0 (critical): Prototype pollution, https://github.com/advisories/GHSA-0000',
      'guest <2.0.0 (high): Prototype pollution, https://github.com/advisories/GHSA-0000',
    ],
    others: 1,
  });
  expect(readAudit('{"advisories":{}}')).toEqual({ isServed: true, severe: [], others: 0 });
});

test('a registry that serves none is named; what else went wrong is an error', () => {
  const message =
    'The audit endpoint (at https://registry.example/-/npm/v1/security/audits) responded with 405: ';
  expect(readAudit(JSON.stringify({ error: { code: 'ERR_PNPM_AUDIT_BAD_RESPONSE', message } }))).toEqual({
    isServed: false,
    reason: message.trim(),
  });
  const error = { code: 'ERR_PNPM_AUDIT_NO_LOCKFILE', message: 'No pnpm-lock.yaml found' };
  expect(() => readAudit(JSON.stringify({ error }))).toThrow('ERR_PNPM_AUDIT_NO_LOCKFILE');
});
