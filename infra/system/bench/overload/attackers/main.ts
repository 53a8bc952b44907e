import { setPriority } from 'node:os';
import { attackers } from './index.ts';
import { Target } from './target.ts';

// One attacker, as a process: `node main.ts NAME URL`. It prints what it got so far again and again, a line of JSON each.

const [name, url = ''] = process.argv.slice(2);
// Those who measure may have raised theirs, which a process inherits.
setPriority(0);
const index = attackers.findIndex((each) => each.name === name);
// Each has an address of its own, and with it a budget that no other has used.
const target = new Target(url, `192.0.2.${index + 1}`);
setInterval(() => process.stdout.write(`${JSON.stringify(target.got)}\n`), 100);
await attackers[index]?.run(target);
