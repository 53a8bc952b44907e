import { describe, expect, test } from 'vitest';
import { findProgram, requires } from './requirement.ts';

describe('requires', () => {
  test('lets a suite run when the program is there', () => {
    expect(requires('sh')).toMatchObject({ missing: false, options: {} });
  });

  test('skips a suite, with the reason, when it is not', () => {
    const reason = 'no-such-server is not on PATH (on Debian: apt-get install its-package)';
    expect(requires('no-such-server', 'its-package')).toEqual({
      missing: true,
      reason,
      options: { skip: true, meta: { skipReason: reason } },
    });
  });

  test('finds PostgreSQL off the PATH, where Debian keeps it, or names its package', () => {
    const { missing, reason } = requires('postgres');
    expect(missing).toBe(findProgram('postgres') === undefined);
    expect(reason).toContain('apt-get install postgresql)');
  });
});
