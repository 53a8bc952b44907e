import { command } from '@airline/service/server';
import { faultNamed } from '../planted-faults/faults.ts';
import { ChaosViolation, runChaos } from './run.ts';

// Things go wrong at random: `npm run chaos -- --seed 7 --minutes 2 --runs 3 --replicas 2`.

const { values } = command({
  usage: `Usage: npm run chaos [-- --seed N] [--minutes N] [--runs N] [--replicas N] [--only PATTERN] [--planted-fault NAME]
  Breaks a system on Redis and PostgreSQL, or SQLite, at random, and looks whether every promise holds. About --minutes for each run, and one to come to rest.
  --only takes a regular expression: faults whose names match it, as a run prints them.`,
  numbers: { seed: [0], minutes: [1], runs: [1], replicas: [1, 10] },
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '2' },
    runs: { type: 'string', default: '1' },
    replicas: { type: 'string', default: '2' },
    only: { type: 'string' },
    'planted-fault': { type: 'string' },
  },
});

const first = Number(values.seed);
for (let seed = first; seed < first + Number(values.runs); seed += 1) {
  process.stdout.write(`seed ${seed}\n`);
  try {
    const { faults, placed, canceled, restMs } = await runChaos({
      seed,
      seconds: Number(values.minutes) * 60,
      replicas: Number(values.replicas),
      ...(values.only && { only: new RegExp(values.only) }),
      ...(values['planted-fault'] && { plantedFault: faultNamed(values['planted-fault']) }),
      progress: (what) => process.stdout.write(`  ${what}\n`),
    });
    const rest = (restMs / 1000).toFixed(1);
    process.stdout.write(
      `seed ${seed}: clean. ${faults} faults, ${placed} reservations, ${canceled} cancellations; at rest after ${rest} s\n`,
    );
  } catch (error) {
    if (!(error instanceof ChaosViolation)) throw error;
    process.stdout.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
