import { describe, expect, test } from 'vitest';
import { createTestPipeline } from './pipeline.fixture.ts';

describe('where introspection is off, no error suggests a name of the schema:', () => {
  test.each([
    ['a field', '{ pai }'],
    ['an argument', '{ flight(idd: 1) { code } }'],
    ['the type of a variable', 'query ($id: Flght) { flight(id: $id) { code } }'],
    ['the type of a fragment', '{ flights { ... on Flght { id } } }'],
  ])('%s', async (_what, query) => {
    const messagesOf = async (introspection: boolean) => {
      const { errors } = await createTestPipeline({ introspection }).refused(query);
      return errors.map(({ message }) => message).join('\n');
    };
    expect(await messagesOf(true)).toContain('Did you mean');
    const hidden = await messagesOf(false);
    expect(hidden).not.toContain('Did you mean');
    expect(hidden).not.toBe('');
  });
});
