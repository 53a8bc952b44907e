import { command } from '@airline/service/server';
import { generators, runStep } from './steps.ts';

command({
  usage: `Usage: npm run generate
  Writes all that is generated and checked in, from the SDL, the events, the tables, the list of subgraphs, the pages' operations and
  the variables. Migrations have a command of their own, as each has a name.`,
});

for (const { name, command } of generators) {
  // What it says is to be read: what breaks clients or published events, and what has no rule of who may see it.
  if (await runStep({ name, command, warns: /./ })) continue;
  process.exitCode = 1;
  break;
}
