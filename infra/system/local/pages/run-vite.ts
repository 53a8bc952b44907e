import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Runs Vite's build of router/web into a folder, in a process of its own: bundling needs about 1 GB, which the process
 * that asks for it may not have. If we are ended meanwhile, so is Vite.
 *
 * @throws Error with all it printed, when it fails
 */
export async function runVite(root: string, folder: string): Promise<void> {
  const web = join(root, 'router/web');
  const vite = join(web, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir'], {
    cwd: web,
    // Any other value than production, such as that of a test, would build React's slow development version.
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let interrupted: NodeJS.Signals | undefined;
  const handOn = (signal: NodeJS.Signals) => {
    interrupted = signal;
    child.kill(signal);
  };
  process.on('SIGINT', handOn).on('SIGTERM', handOn);
  const { promise, resolve } = Promise.withResolvers<string | number>();
  child.once('error', ({ message }) => resolve(message));
  child.once('close', (code, signal) => resolve(code ?? signal ?? 'no exit code'));
  const ended = await promise;
  process.off('SIGINT', handOn).off('SIGTERM', handOn);
  if (interrupted !== undefined) process.kill(process.pid, interrupted);
  if (ended !== 0) throw new Error(`${output.trimEnd()}\nVite ended with ${ended}.`);
}
