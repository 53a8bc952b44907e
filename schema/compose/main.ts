import path from 'node:path';
import { parseArgs } from 'node:util';
import { events } from '../events/index.ts';
import { run } from './run.ts';

const USAGE = 'Usage: npm run compose [-- [--check] [--base REV]]';

try {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, base: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
  } else {
    const succeeded = await run({
      root: path.join(import.meta.dirname, '../..'),
      events,
      check: values.check ?? false,
      ...(values.base !== undefined && { base: values.base }),
      print: (line) => process.stdout.write(`${line}\n`),
    });
    process.exitCode = succeeded ? 0 : 1;
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const isUsage = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${error.message}\n${isUsage ? `${USAGE}\n` : ''}`);
  process.exitCode = 1;
}
