/** A value at a bound that a description states, and whether it is within. */
interface Stated {
  readonly value: string | number;
  readonly isWithin: boolean;
}

const within = (value: string | number): Stated => ({ value, isWithin: true });
const beyond = (value: string | number): Stated => ({ value, isWithin: false });
const text = (length: number) => 'x'.repeat(length);

/** The words by which descriptions state bounds, with the last values within them and the first beyond. */
const FORMS: readonly (readonly [words: RegExp, (first: number, second: number) => readonly Stated[]])[] = [
  [/\bat most (\d+) characters\b/gi, (most) => [within(text(most)), beyond(text(most + 1))]],
  [
    /\bfrom (-?\d+) to (-?\d+)\b/gi,
    (least, most) => [within(least), within(most), beyond(least - 1), beyond(most + 1)],
  ],
  [/(-?\b\d+) or more\b/gi, (least) => [within(least), beyond(least - 1)]],
];

/** @throws Error for a number that is neither a bound in these words nor a standard's */
export function boundsIn(description: string): Stated[] {
  const rest = FORMS.reduce((left, [words]) => left.replaceAll(words, ''), description);
  const [number] = /\b\d+\b/.exec(rest.replace(/\bISO \d+/g, '')) ?? [];
  if (number !== undefined) {
    throw new Error(
      `What is ${number} in "${description}"? A bound is "at most 20 characters", "from 1 to 1000" or "0 or more".`,
    );
  }
  return FORMS.flatMap(([words, valuesOf]) =>
    [...description.matchAll(words)].flatMap(([, first, second]) => valuesOf(Number(first), Number(second))),
  );
}
