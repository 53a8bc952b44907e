import { watch } from 'node:fs';
import { join } from 'node:path';

/** Debounce interval: editors save a file in several writes. */
const SETTLED_AFTER_MS = 100;

/** Calls `changed` with the path, relative to the root, of each changed file below the paths, once per save. */
export function watchFolders(
  root: string,
  paths: readonly string[],
  changed: (path: string) => void,
): { close(): void } {
  const waiting = new Map<string, NodeJS.Timeout>();
  const watchers = paths.map((path) =>
    watch(join(root, path), { recursive: true }, (_event, file) => {
      if (file === null || file.includes('node_modules')) return;
      const full = path.endsWith(file) ? path : join(path, file);
      clearTimeout(waiting.get(full));
      const settled = () => {
        waiting.delete(full);
        changed(full);
      };
      waiting.set(full, setTimeout(settled, SETTLED_AFTER_MS));
    }),
  );
  return {
    close: () => {
      for (const watcher of watchers) watcher.close();
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
