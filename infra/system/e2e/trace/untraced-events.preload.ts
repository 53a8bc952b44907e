import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

// Loaded by `node --import` before a process under test: its events carry no trace.

const file = 'infra/platform/messaging/src/envelope.ts';
const written = '...(traceparent && { traceparent }),';

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(file)) return nextLoad(url, context);
    const source = readFileSync(fileURLToPath(url), 'utf8');
    if (!source.includes(written))
      throw new Error(`${file} no longer holds what is to be left out: ${written}`);
    return { format: 'module-typescript', source: source.replace(written, ''), shortCircuit: true };
  },
});
