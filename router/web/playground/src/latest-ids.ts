/** Where the ids stay, so that they outlive the page and are shared by all windows of a browser. */
export interface IdStorage {
  get(name: string): string | null;
  set(name: string, value: string): unknown;
}

export interface LatestIds {
  /** Stores the ids in a mutation's data. */
  learn(data: unknown): void;
  /**
   * Variables with ids in place of the placeholders, at any depth.
   * @throws Error that says what to run first
   */
  fill(variables: unknown): unknown;
}

/** By placeholder: the field of a mutation's payload that holds the entity, and what makes one. */
const placeholders: Readonly<Record<string, { readonly field: string; readonly madeBy: string }>> = {
  LATEST_FLIGHT: { field: 'flight', madeBy: 'register a flight' },
  LATEST_RESERVATION: { field: 'reservation', madeBy: 'place a reservation' },
};

/** The ids of what was registered and reserved last, so that they need not be copied from tab to tab. */
export function createLatestIds(storage: IdStorage): LatestIds {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, fill(own)]));
    const known = typeof value === 'string' ? placeholders[value] : undefined;
    return known === undefined ? value : idFor(String(value), known.madeBy);
  };

  const idFor = (placeholder: string, madeBy: string): string => {
    const id = storage.get(placeholder);
    if (id !== null) return id;
    throw new Error(
      `No ${placeholder} yet: ${madeBy} on this page first, or replace it with an id in the variables.`,
    );
  };

  return {
    learn: (data) => {
      for (const payload of isRecord(data) ? Object.values(data) : []) {
        for (const [placeholder, { field }] of Object.entries(placeholders)) {
          const entity = isRecord(payload) ? payload[field] : undefined;
          if (isRecord(entity) && typeof entity.id === 'string') storage.set(placeholder, entity.id);
        }
      }
    },

    fill,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
