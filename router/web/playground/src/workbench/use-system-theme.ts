import { useSyncExternalStore } from 'react';

const dark = matchMedia('(prefers-color-scheme: dark)');

function listen(changed: () => void): () => void {
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}

/** What the system prefers at present. */
export function useSystemTheme(): 'dark' | 'light' {
  return useSyncExternalStore(listen, () => (dark.matches ? 'dark' : 'light'));
}
