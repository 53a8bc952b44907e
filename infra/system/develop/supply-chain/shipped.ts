import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { services } from '@airline/schema/events';
import { pnpmOf } from '../../local/bootstrap/pnpm.mjs';

const run = promisify(execFile);

export const root = join(import.meta.dirname, '../../../..');

/** A package of the registry in one of our images, in one or more versions. */
export interface ShippedPackage {
  readonly name: string;
  readonly versions: readonly string[];
  /** An SPDX expression, or what else its manifest says. */
  readonly licence: string;
}

/** The packages of the workspace that each image is made of; the router's has the pages. */
export const images: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(services.map((service) => [service, [`@airline/${service}`]])),
  router: ['@airline/router', '@airline/web'],
};

/** pnpm's options that select packages of the workspace with all that they stand on. */
export const selecting = (packages: readonly string[]) =>
  packages.flatMap((name) => ['--filter-prod', `${name}...`]);

/** The packages of the registry that images hold, by name, as pnpm has installed them. */
export async function shippedPackages(): Promise<ShippedPackage[]> {
  const [command, ...args] = pnpmOf(root).command;
  const filters = selecting(Object.values(images).flat());
  const options = [...args, ...filters, 'licenses', 'list', '--prod', '--json'];
  const { stdout } = await run(command, options, { cwd: root, maxBuffer: 2 ** 26 });
  const byLicence: Readonly<Record<string, readonly Omit<ShippedPackage, 'licence'>[]>> = JSON.parse(stdout);
  return Object.entries(byLicence)
    .flatMap(([licence, packages]) => packages.map(({ name, versions }) => ({ name, versions, licence })))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
