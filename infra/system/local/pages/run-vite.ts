import { join } from 'node:path';
import { capture } from '../bootstrap/capture.mjs';

/**
 * Runs Vite's build of router/web into a folder, in a process of its own: bundling takes about 1 GB, which the calling
 * process may not have. Signals to the caller end Vite, too.
 *
 * @throws Error with its output when it fails
 */
export async function runVite(root: string, folder: string): Promise<void> {
  const web = join(root, 'router/web');
  const vite = join(web, 'node_modules/vite/bin/vite.js');
  const { ended, output, interrupted } = await capture(
    process.execPath,
    [vite, 'build', '--outDir', folder, '--emptyOutDir'],
    {
      cwd: web,
      // Any other value than production, such as that of a test, would build React's slow development version.
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    },
  );
  if (interrupted !== undefined) process.kill(process.pid, interrupted);
  if (ended !== 0) throw new Error(`${output.trimEnd()}\nVite exited with ${ended}.`);
}
