import { otherPorts } from '@airline/schema/events';
import { command, endWithUsage, StartError, startProcess } from '@airline/service/server';
import { accounts } from './accounts.ts';
import { signInAs } from './sign-in-as.ts';

// `npm run token`: a token for requests and commands on a terminal, while `npm start -- --login` runs.

const usage = `Usage: npm run --silent token -- NAME
  Signs in at the issuer of npm start -- --login, and prints an access token.
${accounts.map(({ name, role, may }) => `  ${name.padEnd(9)} ${role}: ${may}`).join('\n')}
  Any other name is a customer's. ISSUER_PORT defaults to ${otherPorts.issuer}.`;

await startProcess(async () => {
  const [name, ...others] = command({ usage, allowPositionals: true }).positionals;
  if (name === undefined || others.length > 0) endWithUsage('It takes one name.', usage);
  const url = `http://127.0.0.1:${process.env.ISSUER_PORT || otherPorts.issuer}`;
  try {
    process.stdout.write(`${await signInAs(name, url)}\n`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`No token from the issuer at ${url}: ${reason}. Does npm start -- --login run?`);
  }
});
