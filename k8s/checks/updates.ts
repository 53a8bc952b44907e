interface Renovate {
  readonly extends?: readonly string[];
  readonly minimumReleaseAge?: string;
  readonly packageRules?: readonly { readonly groupName?: string }[];
}

/** What names images and actions by their digest, so that only an update changes what runs. */
const PINNING = ['docker:pinDigests', 'helpers:pinGitHubActionDigestsToSemver'];

/**
 * What is wrong with the update bot's configuration: versions that nobody has tried for some days, images and actions by a name that may
 * be moved, and updates one by one. Renovate's own validator is a package of 400 others; it was run by hand.
 */
export function updateFaults(text: string): string[] {
  const { extends: presets = [], minimumReleaseAge = '', packageRules = [] }: Renovate = JSON.parse(text);
  return [
    ...(/^([3-9]|\d{2,}) days$/.test(minimumReleaseAge) ? [] : ['an update should be some days old']),
    ...PINNING.filter((preset) => !presets.includes(preset)).map((preset) => `it should extend ${preset}`),
    ...(packageRules.some(({ groupName }) => groupName !== undefined)
      ? []
      : ['updates should come in groups']),
  ];
}
