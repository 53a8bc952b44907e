import { command } from '@airline/service/server';
import { licenceFaults } from './supply-chain/licences.ts';
import { shippedPackages } from './supply-chain/shipped.ts';

const { values } = command({
  usage: `Usage: npm run licences [-- --check]
  Lists the packages in our images with their licences, and those that are not allowed; --check: those alone.`,
  options: { check: { type: 'boolean' } },
});

// `npm run licences` lists the packages in our images with their licences, and fails where one is not allowed; with `--check` it
// lists only those.

const packages = await shippedPackages();
const faults = licenceFaults(packages);
if (!values.check) {
  const lines = packages.map(({ name, versions, licence }) => `${licence}\t${name}@${versions.join(', ')}`);
  process.stdout.write(`${lines.sort().join('\n')}\n`);
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
}
