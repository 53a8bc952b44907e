import { parse } from 'yaml';

/** Of each source, what Grafana's provisioning knows: https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources. */
const FIELDS = new Set([
  'name',
  'uid',
  'type',
  'access',
  'url',
  'isDefault',
  'editable',
  'jsonData',
  'secureJsonData',
]);

interface Source {
  readonly name: string;
  readonly uid: string;
  readonly type: string;
  readonly isDefault?: boolean;
  readonly jsonData?: unknown;
}

/** Types of the sources that Grafana is provisioned with, by their uids. */
export type Sources = ReadonlyMap<string, string>;

export const readSources = (text: string): Sources => byUid(sourcesIn(text));

function sourcesIn(text: string): Source[] {
  const { datasources }: { datasources: Source[] } = parse(text);
  return datasources;
}

const byUid = (sources: readonly Source[]): Sources => new Map(sources.map(({ uid, type }) => [uid, type]));

/** What is wrong with the file of sources: fields that Grafana ignores, links to none of them, and what it would take for a variable. */
export function sourceFaults(text: string): string[] {
  const datasources = sourcesIn(text);
  const known = byUid(datasources);
  const linked = JSON.stringify(datasources).matchAll(/"datasourceUid":"([^"]*)"/g);
  return [
    ...datasources.flatMap((source) =>
      Object.keys(source)
        .filter((field) => !FIELDS.has(field))
        .map((field) => `the source ${source.name} has an unknown field ${field}`),
    ),
    ...(known.size < datasources.length ? ['two sources have one uid'] : []),
    ...(datasources.filter(({ isDefault }) => isDefault).length === 1
      ? []
      : ['one source should be the default']),
    ...Array.from(linked, ([, uid = '']) => uid)
      .filter((uid) => !known.has(uid))
      .map((uid) => `a source links to ${uid}, which is none`),
    // A single one names a variable of Grafana's environment.
    ...Array.from(
      text.matchAll(/(?<!\$)\$\{?\w+/g),
      ([found]) => `${found} is a variable of the environment: write $${found}`,
    ),
  ];
}
