import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { findProgram, requires } from './requirement.ts';
import { tempFolder } from './temp-folder.ts';

describe('requires', () => {
  test('runs a suite when the program exists', () => {
    expect(requires('sh')).toMatchObject({ missing: false, options: {} });
  });

  test('skips a suite, with the reason, when it does not', () => {
    const reason = 'no-such-server is not on PATH (on Debian: apt-get install no-such-server)';
    expect(requires('sh', 'no-such-server')).toEqual({
      missing: true,
      reason,
      options: { skip: true, meta: { skipReason: reason } },
    });
  });

  test('says of a program that is no package of Debian where to read about it', () => {
    expect(requires('istioctl').reason).toMatch(/^$|^istioctl is not on PATH \(k8s/);
  });

  test('finds Chromium without windows before the one with', async () => {
    await using folder = await tempFolder();
    const program = (name: string) => writeFile(join(folder.path, name), '', { mode: 0o755 });
    vi.stubEnv('PATH', folder.path);
    onTestFinished(() => void vi.unstubAllEnvs());
    await program('chromium');
    expect(findProgram('chromium')).toBe(join(folder.path, 'chromium'));
    await program('chromium-headless-shell');
    expect(findProgram('chromium')).toBe(join(folder.path, 'chromium-headless-shell'));
  });

  test('finds PostgreSQL off the PATH, where Debian keeps it', () => {
    const debians = existsSync('/usr/lib/postgresql');
    expect(findProgram('postgres') !== undefined || !debians).toBe(true);
  });
});
