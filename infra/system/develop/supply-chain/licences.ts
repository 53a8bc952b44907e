import type { ShippedPackage } from './shipped.ts';

/** What may be said of licences, by SPDX identifier and by package. */
export interface LicencePolicy {
  readonly allowed: ReadonlySet<string>;
  /** Packages of another licence, with the reason why they may be shipped. */
  readonly exceptions: Readonly<Record<string, { readonly licence: string; readonly reason: string }>>;
}

const elastic = {
  licence: 'Elastic-2.0',
  reason:
    'free to use and to distribute; what it forbids, to sell Apollo’s own software as a service, is not done here',
};

/** Licences that ask for no more than their notice, which the image has in `licences.txt`. */
export const policy: LicencePolicy = {
  allowed: new Set([
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'PSF-2.0',
    'Unlicense',
  ]),
  exceptions: {
    '@apollo/composition': elastic,
    '@apollo/federation-internals': elastic,
    '@apollo/gateway': elastic,
    '@apollo/query-graphs': elastic,
    '@apollo/query-planner': elastic,
  },
};

/** Packages that must not be shipped by their licence, and exceptions that nothing needs: a text for people for each. */
export function licenceFaults(
  packages: readonly ShippedPackage[],
  { allowed, exceptions }: LicencePolicy = policy,
): string[] {
  const refused = packages.filter(
    ({ name, licence }) => !isAllowed(licence, allowed) && exceptions[name]?.licence !== licence,
  );
  const stale = Object.entries(exceptions).filter(
    ([name, { licence }]) => !packages.some((each) => each.name === name && each.licence === licence),
  );
  return [
    ...refused.map(
      ({ name, versions, licence }) =>
        `${name}@${versions.join(', ')} has the licence ${licence}: replace the package, or allow it with a reason in ` +
        'infra/system/develop/supply-chain/licences.ts.',
    ),
    ...stale.map(
      ([name, { licence }]) => `${name} under ${licence} is an exception that no package needs: remove it.`,
    ),
  ];
}

/**
 * Whether an SPDX expression (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/) is one that may be chosen. Expressions in
 * expressions are refused, as nothing here has one.
 */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence)));
}
