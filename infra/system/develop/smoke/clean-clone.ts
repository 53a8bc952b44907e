import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

export interface CleanClone {
  /** Holds all files of the clone and its commands. */
  folder: string;
  root: string;
  env: Record<string, string>;
}

const ROOT = resolve(import.meta.dirname, '../../../..');

/** Clones HEAD of this repository into a temporary folder, and makes an environment with a home and caches of its own. */
export async function cleanClone(): Promise<CleanClone> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'airline-smoke-')));
  const root = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', ROOT, root], { stdio: 'inherit' });
  const home = join(folder, 'home');
  await mkdir(home);
  return { folder, root, env: cleanEnvironment(process.env, home) };
}

/**
 * Removes the variables of npm and of run.mjs, so that the clone uses the machine's own Node. npm's registry
 * configuration is kept.
 */
function cleanEnvironment(env: NodeJS.ProcessEnv, home: string): Record<string, string> {
  const own = /^(npm_|pnpm_|xdg_|vitest|node_path$|node_env$|init_cwd$|.*_port$|redis_url$)/i;
  const registry = /^npm_config_(.*registry|.*proxy|noproxy|cafile|ca|strict_ssl|userconfig|globalconfig)$/i;
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!own.test(entry[0]) || registry.test(entry[0])),
  );
  const userConfig = join(homedir(), '.npmrc');
  return {
    ...(existsSync(userConfig) && { npm_config_userconfig: userConfig }),
    ...Object.fromEntries(kept),
    PATH: (env.PATH ?? '')
      .split(delimiter)
      .filter((entry) => !entry.startsWith(ROOT))
      .join(delimiter),
    HOME: home,
    npm_config_cache: join(home, 'npm-cache'),
  };
}
