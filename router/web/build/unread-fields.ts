import { Kind, parse, visit } from 'graphql';

/**
 * The leaf fields that operations select and whose names no source reads, as `row.name` or `{ name }`: what is fetched and not shown.
 * A name that is read of anything counts, since no compiler looks at the selection of one operation.
 */
export function unreadFields(operations: readonly string[], sources: readonly string[]): string[] {
  const selected = new Set<string>();
  for (const text of operations) {
    visit(parse(text), {
      [Kind.FIELD]: ({ name, alias, selectionSet }) => {
        if (!selectionSet && name.value !== '__typename') selected.add((alias ?? name).value);
      },
    });
  }
  const code = sources.join('\n');
  return [...selected].filter((name) => !new RegExp(`\\.${name}\\b|[{,]\\s*${name}\\s*[,}=]`).test(code));
}
