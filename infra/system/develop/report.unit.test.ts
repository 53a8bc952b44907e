import { expect, test } from 'vitest';
import { withoutProgress } from './report.ts';

test('drops the progress of the code generator, and keeps its faults', () => {
  const output =
    '❯ Load GraphQL schemas\n  ✔ Generate\n✖ Load GraphQL schemas [FAILED: Unknown type: "Foo".]\nThe following stale files were detected:\n';
  expect(withoutProgress(output)).toBe(
    '✖ Load GraphQL schemas [FAILED: Unknown type: "Foo".]\nThe following stale files were detected:\n',
  );
});
