/** One change of RFC 6902; of its operations these three are needed here. */
export interface Change {
  readonly op: 'add' | 'remove' | 'replace';
  /** RFC 6901. */
  readonly path: string;
  readonly value?: unknown;
}

/** Changes an object in place. @throws Error when a path leads nowhere */
export function applyChange(target: object, { op, path, value }: Change): void {
  const keys = path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() as string;
  let parent = target as Record<string, unknown>;
  for (const key of keys) {
    const child = parent[key];
    if (typeof child !== 'object' || child === null) throw new Error(`${path} leads nowhere`);
    parent = child as Record<string, unknown>;
  }
  if (op !== 'add' && !(last in parent)) throw new Error(`${path} leads nowhere`);
  if (op !== 'remove') {
    if (Array.isArray(parent) && op === 'add')
      parent.splice(last === '-' ? parent.length : Number(last), 0, value);
    else parent[last] = value;
  } else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}
