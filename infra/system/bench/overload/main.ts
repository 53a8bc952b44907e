import { setPriority } from 'node:os';
import { command, endWithUsage } from '@airline/service/server';
import { attackers } from './attackers/index.ts';
import { type Measured, measureAttack } from './attacks.ts';
import { measureOverload } from './overload.ts';
import { Scene } from './scene.ts';
import { formatAttacks, formatOverload } from './tables.ts';

// What becomes of a system to which more is sent than it can do, and of the others while one client attacks:
// `npm run bench:overload -- --seconds 15 --factor 5`.

const usage = `Usage: npm run bench:overload [-- --seconds N] [--factor N] [--warm-up N] [--only overload|attacks] [--attack NAME …]
  What becomes of a system to which more is sent than it can do, and of the others while one client attacks. Some minutes.`;

const { values } = command({
  usage,
  numbers: { seconds: [1], factor: [1], 'warm-up': [0] },
  options: {
    seconds: { type: 'string', default: '15' },
    factor: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '5000' },
    only: { type: 'string' },
    attack: { type: 'string', multiple: true },
  },
});
const known = attackers.map(({ name }) => name);
const { only, attack: names = known } = values;
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) endWithUsage(`--attack ${unknown}; known: ${known.join(', ')}.`, usage);
if (only !== undefined && only !== 'overload' && only !== 'attacks') {
  endWithUsage(`--only ${only}; known: overload, attacks.`, usage);
}
if (process.platform !== 'linux') {
  endWithUsage('Only Linux has an address of its own for each of so many clients (127.1.0.1 and on).', usage);
}
const seconds = Number(values.seconds);
const warmUp = Number(values['warm-up']);
const print = (text: string) => process.stdout.write(`${text}\n`);

async function open(): Promise<Scene> {
  const scene = await Scene.open();
  // Clients have machines of their own, and do not wait for this one's cores. (It takes a privilege.)
  try {
    setPriority(-19);
  } catch {}
  return scene;
}

if (only !== 'attacks' && values.attack === undefined) {
  await using scene = await open();
  print(formatOverload(await measureOverload(scene, { seconds, factor: Number(values.factor), warmUp })));
}
if (only !== 'overload') {
  await using scene = await open();
  await scene.warmUp(warmUp);
  const results: Measured[] = [];
  for (const attacker of attackers.filter(({ name }) => names.includes(name))) {
    print(`${attacker.name} …`);
    results.push(await measureAttack(scene, attacker, seconds));
  }
  print(formatAttacks(results));
}
