/** One change of RFC 6902, of three kinds. */
export interface Change {
  readonly op: 'add' | 'remove' | 'replace';
  /** RFC 6901; an element of an array also by its name: `/env/PGUSER`. */
  readonly path: string;
  readonly value?: unknown;
}

/** Changes an object in place. @throws Error when a path leads nowhere */
export function applyChange(target: object, { op, path, value }: Change): void {
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  const parent = keys.slice(1).reduce<object>((object, key) => {
    const child: unknown = Reflect.get(object, keyOf(object, key));
    if (typeof child !== 'object' || child === null) throw new Error(`${path} leads nowhere`);
    return child;
  }, target);
  const key = keyOf(parent, last);
  if (op !== 'add' && !Reflect.has(parent, key)) throw new Error(`${path} leads nowhere`);
  if (!Array.isArray(parent)) {
    if (op === 'remove') Reflect.deleteProperty(parent, key);
    else Reflect.set(parent, key, value);
  } else parent.splice(Number(key), op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
}

function keyOf(parent: object, key: string): string {
  if (!Array.isArray(parent)) return key;
  if (key === '-') return String(parent.length);
  const named = parent.findIndex((element) => element?.name === key);
  return named === -1 ? key : String(named);
}
