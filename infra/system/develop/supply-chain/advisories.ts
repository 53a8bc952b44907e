/** What a registry says of known vulnerabilities in the packages that we install. */
export type Audit =
  | { readonly isServed: false; readonly reason: string }
  | { readonly isServed: true; readonly severe: readonly string[]; readonly others: number };

interface Report {
  readonly error?: { readonly code: string; readonly message: string };
  readonly advisories?: Readonly<Record<string, Advisory>>;
}

interface Advisory {
  readonly module_name: string;
  readonly vulnerable_versions: string;
  readonly severity: string;
  readonly title: string;
  readonly url: string;
}

/** pnpm's code for a registry that does not serve advisories. */
const NOT_SERVED = 'ERR_PNPM_AUDIT_BAD_RESPONSE';

/**
 * Reads the output of `pnpm audit --json`.
 *
 * @throws Error with what pnpm says, when it could not ask
 */
export function readAudit(output: string): Audit {
  const { error, advisories = {} }: Report = JSON.parse(output);
  if (error?.code === NOT_SERVED) return { isServed: false, reason: error.message.trim() };
  if (error) throw new Error(`${error.code}: ${error.message}`);
  const all = Object.values(advisories);
  const severe = all.filter(({ severity }) => severity === 'high' || severity === 'critical');
  return {
    isServed: true,
    severe: severe.map(
      ({ module_name: name, vulnerable_versions: versions, severity, title, url }) =>
        `${name} ${versions} (${severity}): ${title}, ${url}`,
    ),
    others: all.length - severe.length,
  };
}
