import { licenceFaults } from './supply-chain/licences.ts';
import { shippedPackages } from './supply-chain/shipped.ts';

// `npm run licences` lists the packages in our images with their licences, and fails where one is not allowed; with `--check` it
// lists only those.

const packages = await shippedPackages();
const faults = licenceFaults(packages);
if (!process.argv.includes('--check')) {
  const lines = packages.map(({ name, versions, licence }) => `${licence}\t${name}@${versions.join(', ')}`);
  process.stdout.write(`${lines.sort().join('\n')}\n`);
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
}
