/**
 * An object that records which of its fields are read, at any depth. The models' validators read every field that their
 * schema knows, and only these; what they have not read is what they would have ignored. Where they read no field of an object at
 * all, the schema leaves it open.
 */
export function watched<T extends object>(value: T): { object: T; unread: () => string[] } {
  const read = new Map<string, Set<string>>();

  const watch = <Part extends object>(target: Part, pointer: string): Part =>
    new Proxy(target, {
      get: (of, key, receiver) => {
        const field: unknown = Reflect.get(of, key, receiver);
        if (typeof key !== 'string') return field;
        const seen = read.get(pointer) ?? new Set();
        read.set(pointer, seen.add(key));
        return isObject(field) ? watch(field, `${pointer}/${escaped(key)}`) : field;
      },
    });

  const unread = (of: object, pointer: string): string[] => {
    const seen = read.get(pointer);
    if (seen === undefined) return [];
    return Object.entries(of).flatMap(([key, field]) => {
      const at = `${pointer}/${escaped(key)}`;
      if (!seen.has(key)) return [at];
      return isObject(field) ? unread(field, at) : [];
    });
  };
  return { object: watch(value, ''), unread: () => unread(value, '') };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** RFC 6901, section 3. */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
