import { parseArgs } from 'node:util';
import { measureOverload } from './overload.ts';

// What becomes of a system to which more is sent than it can do: `npm run bench:overload -- --seconds 10 --factor 5`.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    factor: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '5000' },
  },
});

const seconds = Number(values.seconds);
const factor = Number(values.factor);
const overload = await measureOverload({ seconds, factor, warmUp: Number(values['warm-up']) });
process.stdout.write(`${JSON.stringify(overload, undefined, 2)}\n`);
