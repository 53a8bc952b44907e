import { readdirSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BareWorkspace, bareWorkspace } from './bootstrap/bare-workspace.fixture.ts';

describe('run.mjs', () => {
  let workspace: BareWorkspace;

  beforeAll(async () => {
    workspace = await bareWorkspace();
    await workspace.write('exits.ts', 'process.exitCode = Number(process.argv[2]);\n');
    await workspace.write('dies.ts', `process.kill(process.pid, 'SIGKILL');\n`);
    // Shuts down once it has got both signals.
    await workspace.write(
      'serves.ts',
      `const running = setInterval(() => {}, 1000);
      const signals = new Set();
      for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {
        console.log(signal);
        if (signals.add(signal).size === 2) clearInterval(running);
      });
      console.log('ready');\n`,
    );
    await workspace.write(
      'env-node.ts',
      `import { execFileSync } from 'node:child_process';
      console.log(execFileSync('node', ['-p', 'process.execPath'], { encoding: 'utf8' }).trim());\n`,
    );
    await workspace.run('exits.ts', '0');
  });

  afterAll(() => workspace.remove());

  test('runs the command of a development dependency with its own Node', async () => {
    expect(await workspace.run('greet', 'world')).toEqual({
      exit: 0,
      stdout: `hello world ${process.execPath}\n`,
      stderr: '',
    });
  });

  test('puts that Node first on PATH', async () => {
    expect(await workspace.run('env-node.ts')).toEqual({
      exit: 0,
      stdout: `${process.execPath}\n`,
      stderr: '',
    });
  });

  test('keeps compiled code in the workspace', async () => {
    expect(await workspace.run('exits.ts', '0')).toMatchObject({ exit: 0 });
    expect(readdirSync(join(workspace.root, '.cache/node'))).not.toEqual([]);
  });

  test('has what it starts look nothing up for what drizzle imports from itself, beside options of one’s own', async () => {
    const drizzle = 'node_modules/drizzle-orm';
    await workspace.write(`${drizzle}/package.json`, '{ "main": "index.js" }');
    await workspace.write(`${drizzle}/index.js`, `import './inner.js';\n`);
    // A CommonJS module by its package.json.
    await workspace.write(`${drizzle}/inner.js`, 'console.log(typeof module, process.execArgv.length);\n');
    await workspace.write('imports.ts', `import 'drizzle-orm';\nconsole.log(process.env.NODE_OPTIONS);\n`);
    await workspace.write(
      'starts.ts',
      `import { execFileSync } from 'node:child_process';
      console.log(execFileSync('node', ['imports.ts'], { encoding: 'utf8' }));\n`,
    );
    const run = startChild(
      process.execPath,
      [join(workspace.root, 'infra/system/local/run.mjs'), 'starts.ts'],
      {
        env: { ...process.env, NODE_OPTIONS: '--no-deprecation' },
      },
    );
    expect((await run.ended).stdout).toMatch(/^undefined 0\n--no-deprecation --import=\S+\n/);
  });

  test('exits with the exit code or the signal of the command', async () => {
    expect(await workspace.run('exits.ts', '7')).toMatchObject({ exit: 7 });
    expect(await workspace.run('dies.ts')).toMatchObject({ exit: 'SIGKILL' });
  });

  test.each([
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ] as const)('hands %s on once, and waits for the shutdown', async (signal, other) => {
    const run = workspace.start('serves.ts');
    await run.printed(/ready/);
    run.signal(signal);
    await run.printed(new RegExp(signal));
    run.signal(signal);
    run.signal(other);
    expect(await run.ended).toEqual({ exit: 0, stdout: `ready\n${signal}\n${other}\n`, stderr: '' });
  });

  test('ends a command whose reader has gone as SIGPIPE does, without a stack', async () => {
    await workspace.write('prints.ts', `setInterval(() => console.log('line'), 1);\n`);
    const pipeline = `"${process.execPath}" "${workspace.root}/infra/system/local/run.mjs" prints.ts | head -1; echo "\${PIPESTATUS[0]}"`;
    expect(await startChild('bash', ['-c', pipeline]).ended).toEqual({
      exit: 0,
      stdout: 'line\n141\n',
      stderr: '',
    });
  });

  test('names an unknown command or file', async () => {
    expect(await workspace.run()).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('Usage: node infra/system/local/run.mjs'),
    });
    expect(await workspace.run('nothing')).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('Unknown command "nothing"'),
    });
    expect(await workspace.run('nothing.ts')).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/No such file: .*nothing\.ts/),
    });
  });
});

describe('on a Node that is too old, run.mjs', () => {
  const installed = 'infra/system/local/node_modules/node/bin/node';
  let workspace: BareWorkspace;

  beforeAll(async () => {
    workspace = await bareWorkspace('>=999.0.0');
    await workspace.write('which.ts', 'console.log(process.argv0);\n');
  });

  afterAll(() => workspace.remove());

  test('fails when there is no other', async () => {
    const { exit, stderr } = await workspace.run('which.ts');
    expect(exit).toBe(1);
    expect(stderr).toContain(`Requires Node >=999.0.0; this is ${process.version}`);
    expect(stderr).toContain('ignore-scripts');
  });

  test('reports what to install when the other cannot start', async () => {
    await workspace.write(
      installed,
      `#!/bin/sh\necho 'node: error while loading shared libraries: libatomic.so.1: cannot open shared object file' >&2\nexit 127\n`,
      0o755,
    );
    const { exit, stderr } = await workspace.run('which.ts');
    expect(exit).toBe(1);
    expect(stderr).toContain('`apt-get install libatomic1`');
  });

  test('uses the installed one', async () => {
    await rm(join(workspace.root, installed));
    await symlink(process.execPath, join(workspace.root, installed));
    expect(await workspace.run('which.ts')).toMatchObject({
      exit: 0,
      stdout: `${join(workspace.root, installed)}\n`,
    });
  });
});
