import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { present, tempFolder } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type BuildOptions, buildPages, tryToBuildPages } from './build-pages.ts';

const WEB = join(import.meta.dirname, '../../../../router/web');

/** A workspace with pages of its own, and a bundler that only counts. */
async function startWorkspace() {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const root = folder.path;
  const write = async (name: string, content: string) => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  };
  await write('pnpm-lock.yaml', 'lockfileVersion: 9');
  await write('router/web/dashboard/src/main.tsx', 'console.log(1);');
  await write('router/web/vite.config.ts', 'export default {};');

  const lines: string[] = [];
  let bundled = 0;
  const bundle = async (_root: string, built: string) => {
    bundled += 1;
    await writeFile(join(built, 'index.html'), `build ${bundled}`);
  };
  const options: BuildOptions = { root, progress: (line) => void lines.push(line), bundle };
  return {
    root,
    write,
    lines,
    options,
    build: (more: Partial<BuildOptions> = {}) => buildPages({ ...options, ...more }),
    page: () => readFile(join(root, 'router/web/dist/index.html'), 'utf8'),
    left: async () => (await readdir(join(root, '.cache'))).filter((name) => name !== 'pages.lock'),
  };
}

describe('building the pages', () => {
  test('happens once, and reports progress only for a build', async () => {
    const { build, page, lines, left } = await startWorkspace();
    expect(await build()).toBe(true);
    expect(await page()).toBe('build 1');
    expect(lines).toEqual([expect.stringMatching(/^Building/), expect.stringMatching(/^Built in/)]);
    expect(await build()).toBe(false);
    expect(lines).toHaveLength(2);
    expect(await left()).toEqual([]);
  });

  test.each([
    ['a source changes', 'router/web/dashboard/src/main.tsx'],
    ['a source is added', 'router/web/dashboard/src/new.tsx'],
    ['its configuration changes', 'router/web/vite.config.ts'],
    ['a dependency changes', 'pnpm-lock.yaml'],
  ])('happens again when %s', async (_what, name) => {
    const { build, write, page } = await startWorkspace();
    await build();
    await write(name, 'changed');
    expect(await build()).toBe(true);
    expect(await page()).toBe('build 2');
    expect(await build()).toBe(false);
  });

  test('happens again when a source or a built file is removed', async () => {
    const { build, root } = await startWorkspace();
    await build();
    await rm(join(root, 'router/web/dist'), { recursive: true });
    expect(await build()).toBe(true);
    await rm(join(root, 'router/web/dashboard/src/main.tsx'));
    expect(await build()).toBe(true);
  });

  test("does not when a test, a dependency's file or a built file changes", async () => {
    const { build, write } = await startWorkspace();
    await build();
    await write('router/web/dashboard/src/main.unit.test.ts', 'changed');
    await write('router/web/node_modules/react/index.js', 'changed');
    await write('router/web/dist/index.html', 'changed');
    expect(await build()).toBe(false);
  });

  test('detects changes during the build', async () => {
    const { build, write, options } = await startWorkspace();
    const bundle: BuildOptions['bundle'] = async (root, built) => {
      await options.bundle?.(root, built);
      await write('router/web/dashboard/src/main.tsx', 'changed');
    };
    expect(await build({ bundle })).toBe(true);
    expect(await build()).toBe(true);
    expect(await build()).toBe(false);
  });

  test('keeps the previous build when it fails, reports why, and is retried', async () => {
    const { build, write, page, options, lines, left } = await startWorkspace();
    await build();
    await write('router/web/dashboard/src/main.tsx', 'changed');
    const bundle: BuildOptions['bundle'] = async (_root, built) => {
      await writeFile(join(built, 'index.html'), 'half');
      throw new Error('main.tsx: unexpected token');
    };
    await expect(build({ bundle })).rejects.toThrow('unexpected token');
    expect(await page()).toBe('build 1');
    expect(await left()).toEqual([]);
    await tryToBuildPages({ ...options, bundle });
    expect(lines.at(-1)).toMatch(/unexpected token\nThe pages could not be built/);
    expect(await build()).toBe(true);
    expect(await page()).toBe('build 2');
  });

  test('is done by one of several concurrent processes', async () => {
    const { build } = await startWorkspace();
    const results = await Promise.all([build(), build(), build()]);
    expect(results.toSorted()).toEqual([false, false, true]);
  });
});

describe('with Vite', () => {
  test('pages are built for production, with compressed variants, and errors are reported', async () => {
    const { root, write, options } = await startWorkspace();
    const web = (name: string) => join(root, 'router/web', name);
    await symlink(join(WEB, 'node_modules'), web('node_modules'));
    await write('router/web/package.json', '{ "type": "module" }');
    await write('router/web/index.html', '<script type="module" src="./dashboard/src/main.tsx"></script>');
    const source = `document.title = process.env.NODE_ENV + ${JSON.stringify('x'.repeat(2_000))};`;
    await write('router/web/dashboard/src/main.tsx', source);
    await write(
      'router/web/vite.config.ts',
      `import { precompress } from '${join(WEB, 'build/precompress.ts')}';
       export default { plugins: [precompress()] };`,
    );
    const vite = { root, progress: options.progress };
    expect(await buildPages(vite)).toBe(true);
    const names = await readdir(web('dist/assets'));
    expect(names.map((name) => name.replace(/-[\w-]{8}\./, '-HASH.')).toSorted()).toEqual([
      'index-HASH.js',
      'index-HASH.js.br',
      'index-HASH.js.gz',
    ]);
    const script = present(
      names.find((name) => name.endsWith('.js')),
      'script',
    );
    expect(await readFile(web(`dist/assets/${script}`), 'utf8')).toContain('production');

    await write('router/web/dashboard/src/main.tsx', 'const = 1;');
    await expect(buildPages(vite)).rejects.toThrow(/main\.tsx.*Vite exited with 1/s);
    expect(existsSync(web(`dist/assets/${script}`))).toBe(true);
  });
});
