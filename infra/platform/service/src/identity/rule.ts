import type { Caller } from './caller.ts';

/** An OR of ANDs, as `@requiresScopes` and `@policy` have it: each alternative requires all of its names. */
export type Alternatives = readonly (readonly string[])[];

/** What the schema requires of a caller; each part must hold. */
export interface Requirements {
  /** That the caller is known. */
  readonly known: boolean;
  readonly scopes: readonly Alternatives[];
  readonly policies: readonly Alternatives[];
}

/** The policy of those who see what is theirs; other policies are the roles of their names. */
const OWNER = 'owner';

const roleOf = (policy: string): string => (policy === OWNER ? 'customer' : policy);

/** Whether they have said who they are. Where the subject has no bearing it is left out, but roles are not. */
export const isKnown = ({ subject, roles }: Caller): boolean => subject !== undefined || roles.length > 0;

const someHolds = (alternatives: Alternatives, names: readonly string[]): boolean =>
  alternatives.some((all) => all.every((name) => names.includes(name)));

/** What one or several fields or types require of a caller. */
export class Rule {
  /** `ruleKey`. */
  readonly key: string;
  readonly #requirements: Requirements;
  readonly #roles: readonly Alternatives[];

  constructor(requirements: Requirements) {
    this.key = ruleKey(requirements);
    this.#requirements = requirements;
    this.#roles = requirements.policies.map((policies) => policies.map((all) => all.map(roleOf)));
  }

  holds(caller: Caller): boolean {
    const { known, scopes } = this.#requirements;
    if (known && !isKnown(caller)) return false;
    for (const alternatives of this.#roles) if (!someHolds(alternatives, caller.roles)) return false;
    for (const alternatives of scopes) if (!someHolds(alternatives, caller.scopes)) return false;
    return true;
  }

  /** In words that go after "requires". */
  get words(): string {
    const { scopes, policies } = this.#requirements;
    const parts = [
      ...policies.map((each) => `the policy ${inWords(each)}`),
      ...scopes.map((each) => `the scope ${inWords(each)}`),
    ];
    return parts.length > 0 ? parts.join(', and ') : 'a token';
  }
}

/** Equal for rules that require the same, of whatever schema. */
export const ruleKey = ({ known, scopes, policies }: Requirements): string =>
  JSON.stringify([known, scopes, policies]);

const inWords = (alternatives: Alternatives): string =>
  alternatives.map((all) => all.join(' and ')).join(' or ');
