import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { images, root, type ShippedPackage, selecting } from './shipped.ts';

const run = promisify(execFile);

/** pnpm writes SBOMs from version 11 on, which needs a newer Node than the workspace may be installed with. */
const PNPM = `${import.meta.dirname}/../node_modules/pnpm/bin/pnpm.mjs`;

/** The parts of a CycloneDX document (https://cyclonedx.org/docs/1.7/json/) that are completed here. */
export interface Sbom {
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}

interface Component {
  /** The scope of a package's name, such as `@apollo`. */
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly object[];
}

/** The packages in an image, with versions, hashes, licences and what depends on what, from the lock file: a CycloneDX document. */
export async function sbomOf(image: string, packages: readonly ShippedPackage[]): Promise<Sbom> {
  const options = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--prod', '--lockfile-only'];
  const filters = selecting(images[image] ?? []);
  const command = [PNPM, '--config.pm-on-fail=ignore', ...filters, 'sbom', ...options];
  const { stdout } = await run(process.execPath, command, { cwd: root, maxBuffer: 2 ** 26 });
  const sbom: Sbom = JSON.parse(stdout);
  const licences = new Map(packages.map(({ name, licence }) => [name, licence]));
  const withLicence = (component: Component): Component => {
    const { group, name } = component;
    const licence = licences.get(group === undefined ? name : `${group}/${name}`);
    return licence === undefined ? component : { ...component, licenses: [licenceOf(licence)] };
  };
  const { metadata, components } = sbom;
  const component = { ...metadata.component, name: `airline-${image}` };
  return { ...sbom, metadata: { ...metadata, component }, components: components.map(withLicence) };
}

const licenceOf = (expression: string) =>
  expression.includes(' ') ? { expression } : { license: { id: expression } };
