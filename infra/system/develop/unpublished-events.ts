import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subgraphs } from '@airline/schema/events';

interface Publisher {
  readonly events: object;
  readonly unpublished?: readonly string[];
}

/** Events that no source of their publisher makes and that are not said to have none, or the other way round. */
export function unpublishedEvents(
  root: string,
  publishers: Readonly<Record<string, Publisher>> = subgraphs,
): string[] {
  return Object.entries(publishers).flatMap(([name, { events, unpublished = [] }]) => {
    const folder = join(root, 'subgraphs', name, 'src');
    const sources = globSync('**/*.ts', { cwd: folder })
      .filter((file) => !/\.(test|fixture)\.ts$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    return Object.keys(events).flatMap((type) => {
      const isPublished = sources.includes(`type: '${type}'`);
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
