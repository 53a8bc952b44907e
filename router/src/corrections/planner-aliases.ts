const planned = /^(.+)__alias_\d+$/;

/**
 * The planner gives fields of one name that do not merge (`Int!` and `Int` of two types) aliases, which the executor
 * renames back, but only where the value is truthy: `0`, `false`, `""` and `null` would be lost. This renames those in
 * a subgraph's data, in place; `query` is what was asked.
 */
export function renameFalsy(query: string | undefined, data: unknown): void {
  if (query?.includes('__alias_')) renameIn(data);
}

function renameIn(value: unknown): void {
  if (Array.isArray(value)) {
    for (const element of value) renameIn(element);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = inner ? undefined : planned.exec(key)?.[1];
    if (name !== undefined) {
      delete value[key];
      value[name] = inner;
    } else renameIn(inner);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
