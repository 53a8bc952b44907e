import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';
import { type Sbom, sbomOf } from './sbom.ts';
import { shippedPackages } from './shipped.ts';

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot7);
const faultsOf = (sbom: object) => validator.validate(JSON.stringify(sbom));
const find = ({ components }: Sbom, group: string, of: string) =>
  components.find(({ group: own, name }) => own === group && name === of);

test('the SBOM of an image is valid CycloneDX, with the packages that it holds and their licences', async () => {
  const packages = await shippedPackages();
  const [flight, router] = await Promise.all([sbomOf('flight', packages), sbomOf('router', packages)]);
  for (const sbom of [flight, router]) {
    expect(await faultsOf(sbom)).toBeNull();
    expect(sbom.components.filter(({ licenses }) => licenses === undefined)).toEqual([]);
  }
  expect(flight.metadata.component.name).toBe('airline-flight');
  expect(find(router, '@apollo', 'query-planner')).toMatchObject({
    licenses: [{ license: { id: 'Elastic-2.0' } }],
    externalReferences: [{ hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[\da-f]{128}$/) }] }],
  });
  expect(find(flight, '@apollo', 'query-planner')).toBeUndefined();
  expect(router.components.map(({ name }) => name)).toContain('react-dom');

  const { specVersion: _, ...without } = flight;
  expect(await faultsOf(without)).not.toBeNull();
});
