import { useSyncExternalStore } from 'react';
import type { Value } from '../../value.ts';

export function useValue<T>({ follow, get }: Value<T>): T {
  return useSyncExternalStore(follow, get);
}
