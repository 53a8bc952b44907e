import fc from 'fast-check';

/** A selection before it has a schema: numbers that decide, so that it shrinks well. */
export interface Choice {
  /** Which field, or which type condition. */
  readonly pick: number;
  readonly alias: number;
  /** Values of arguments. */
  readonly value: number;
  readonly condition: number;
  readonly wrap: number;
  readonly below: readonly Choice[];
}

/** An operation before it has a schema. */
export interface OperationChoice {
  /** Which root type. */
  readonly root: number;
  readonly selections: readonly Choice[];
}

const DEPTH = 6;

const selections = (depth: number, minLength: number): fc.Arbitrary<Choice[]> =>
  depth === 0
    ? fc.constant([])
    : fc.array(selection(depth), { minLength, maxLength: Math.min(depth, 4), size: 'max' });

const selection = (depth: number): fc.Arbitrary<Choice> =>
  fc.record({
    pick: fc.nat(59),
    alias: fc.nat(23),
    value: fc.nat(999),
    condition: fc.nat(19),
    wrap: fc.nat(15),
    below: selections(depth - 1, 0),
  });

export const operationChoices: fc.Arbitrary<OperationChoice> = fc.record({
  root: fc.nat(4),
  selections: selections(DEPTH, 1),
});
