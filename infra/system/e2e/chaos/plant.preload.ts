import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { plants } from './plants.ts';

// Loaded by `node --import` before a process under test: its sources have the fault that CHAOS_PLANT names.

const { file, from, to } = plants[process.env.CHAOS_PLANT ?? ''] ?? {};
if (file === undefined || from === undefined || to === undefined) {
  throw new Error(`CHAOS_PLANT names no fault: it should be one of ${Object.keys(plants).join(', ')}.`);
}

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(file)) return nextLoad(url, context);
    const source = readFileSync(fileURLToPath(url), 'utf8');
    if (!source.includes(from)) throw new Error(`${file} no longer holds what is to be spoiled: ${from}`);
    return { format: 'module-typescript', source: source.replace(from, to), shortCircuit: true };
  },
});
