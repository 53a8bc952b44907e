import { join } from 'node:path';
import { startChild } from '@airline/testing';
import type { Attacker } from './target.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

export interface Attack extends AsyncDisposable {
  /** What came of its requests so far: how many by status, code, or as what else they ended. */
  got(): Readonly<Record<string, number>>;
}

/** Lets an attacker loose, in a process of its own; resolves once it gets what it is meant to. It is killed when disposed of. */
export async function startAttack({ name, gets }: Attacker, url: string): Promise<Attack> {
  const child = startChild(process.execPath, [MAIN, name, url]);
  try {
    await child.printed(new RegExp(`"${gets}":`));
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
  return {
    got: () => {
      const last = child
        .output()
        .split('\n')
        .findLast((line) => line.startsWith('{') && line.endsWith('}'));
      return JSON.parse(last ?? '{}');
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
