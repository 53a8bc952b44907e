import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subgraphs } from '@airline/schema/events';

interface Publisher {
  readonly events: object;
  readonly unpublished?: readonly string[];
}

/** The type of an event that code makes; or a text or a comment, which may have the same words and make none. */
const MADE =
  /\btype: '(\w+)'|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/.*|\/\*[\s\S]*?\*\//g;

const typesMadeBy = (source: string) => [...source.matchAll(MADE)].flatMap(([, type]) => type ?? []);

/** Events that no source of their publisher makes and that are not said to have none, or the other way round. */
export function unpublishedEvents(
  root: string,
  publishers: Readonly<Record<string, Publisher>> = subgraphs,
): string[] {
  return Object.entries(publishers).flatMap(([name, { events, unpublished = [] }]) => {
    const folder = join(root, 'subgraphs', name, 'src');
    const made = globSync('**/*.ts', { cwd: folder })
      .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
      .flatMap((file) => typesMadeBy(readFileSync(join(folder, file), 'utf8')));
    return Object.keys(events).flatMap((type) => {
      const isPublished = made.includes(type);
      if (isPublished !== unpublished.includes(type)) return [];
      return isPublished
        ? [`The ${name} service publishes ${type}: take it out of \`unpublished\` in schema/subgraphs.ts.`]
        : [
            `No source of the ${name} service has \`type: '${type}'\`, so nothing publishes this event: have a decision do so, or ` +
              'add it to `unpublished` in schema/subgraphs.ts.',
          ];
    });
  });
}
