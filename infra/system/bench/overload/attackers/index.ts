import { connections } from './connections.ts';
import { operations } from './operations.ts';
import { sockets } from './sockets.ts';
import type { Attacker } from './target.ts';

/** One hostile client of each kind. */
export const attackers: readonly Attacker[] = [...operations, ...sockets, ...connections];
