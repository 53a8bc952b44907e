import { getRandomValues } from 'node:crypto';
import { V7Generator } from 'uuidv7';

/** A call for random numbers costs as much as a small SQL statement, so one call yields 1024 of them. */
const pool = new Uint32Array(1024);
let used = pool.length;

const generator = new V7Generator({
  nextUint32: () => {
    if (used === pool.length) {
      getRandomValues(pool);
      used = 0;
    }
    // `used` is within the pool.
    const number = pool[used] as number;
    used += 1;
    return number;
  },
});

/** A UUIDv7 (RFC 9562); within a process each is above the one before. */
export const newId = (): string => generator.generate().toString();
