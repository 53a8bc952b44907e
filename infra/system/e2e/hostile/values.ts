import fc from 'fast-check';

// Values that a client might send by mistake or malice.

export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '\0',
    '\ud800',
    '\u202e',
    'a'.repeat(1_001),
    '9'.repeat(400),
  ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(-0, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -1),
);
export const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom(null, true, false),
    number,
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** Text with some of its characters replaced, left out or repeated. */
export const damaged = (whole: fc.Arbitrary<string>) =>
  fc
    .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 }))))
    .map(([original, damages]) => {
      let result = original;
      for (const [place, length, other] of damages.slice(0, 4)) {
        const at = place % (result.length + 1);
        result = result.slice(0, at) + other + result.slice(at + length);
      }
      return result;
    });

export const mostly = <Value>(usual: fc.Arbitrary<Value>, seldom: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: seldom });
