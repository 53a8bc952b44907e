import type { Env } from './env-var.ts';

/** Kubernetes' variables of its Services: https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables */
const SERVICE_LINK = /_SERVICE_(HOST|PORT)(_|$)|_PORT_\d+_(TCP|UDP|SCTP)(_|$)/;
const SERVICE_LINK_VALUE = /^(tcp|udp|sctp):\/\//;

/** A name is compared from this length on: HOST is one edit from too many others. */
const SHORTEST = 6;

/**
 * Variables that are meant for a process and that it does not know. A name is meant for it when it begins with the process's
 * name, or is one edit away from a known name, as most misspelled words are (Damerau, 1964,
 * https://doi.org/10.1145/363958.363994). Exempt are blank variables, variables of other processes and Kubernetes' service
 * links.
 *
 * @param prefix what the process's own names begin with, such as `PAYMENT_`
 * @returns a line for each, with the nearest known name
 */
export function misspelled(env: Env, known: ReadonlySet<string>, prefix: string): string[] {
  const areOfOthers = ['DASHBOARD_PAGE', `${prefix}URL`];
  return Object.entries(env).flatMap(([name, value = '']) => {
    if (known.has(name) || areOfOthers.includes(name) || value.trim() === '') return [];
    if (SERVICE_LINK.test(name) || SERVICE_LINK_VALUE.test(value)) return [];
    const isOwn = name.startsWith(prefix);
    // PAYMENT_LOG_LEVEL is meant for LOG_LEVEL.
    const spellings = [name.toUpperCase(), ...(isOwn ? [name.slice(prefix.length)] : [])];
    // All others are further away than one edit, and to count further takes a part of each start.
    const candidates = [...known].filter((to) => isOwn || Math.abs(to.length - name.length) <= 1);
    const [nearest] = candidates
      .map((to) => ({ to, edits: Math.min(...spellings.map((from) => editsBetween(from, to))) }))
      .sort((a, b) => a.edits - b.edits);
    if (!nearest) return [];
    const isNear = nearest.edits <= 1 && nearest.to.length >= SHORTEST;
    return isOwn || isNear ? [`${name} is not a setting; did you mean ${nearest.to}?`] : [];
  });
}

/** The characters to insert, delete, replace or swap with their neighbour (optimal string alignment distance). */
function editsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const edits = [
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        ...(isSwapped && row > 1 && column > 1 ? [(beforeLast[column - 2] ?? 0) + 1] : []),
      ];
      current.push(Math.min(...edits));
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}
