import { setPriority } from 'node:os';
import { attackers } from './index.ts';
import { attackerAddress, Target } from './target.ts';

// One attacker, as a process: `node main.ts NAME URL`. It prints what it got so far again and again, a line of JSON each.

const [name, url = ''] = process.argv.slice(2);
// Those who measure may have raised theirs, which a process inherits.
setPriority(0);
const index = attackers.findIndex((each) => each.name === name);
const target = new Target(url, attackerAddress(index));
setInterval(() => process.stdout.write(`${JSON.stringify(target.got)}\n`), 100);
await attackers[index]?.run(target);
