import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SubgraphNameError } from './subgraph-name-error.ts';

/** Text that is inserted into a file, before the last that reads so. */
interface Insertion {
  readonly file: string;
  readonly before: string;
  readonly entry: string;
}

const TEXTS = 'router/web/dashboard/src/texts';
/** The end of the services' names. */
const NAMES = '};\n\nexport const events';

export const LIST = 'schema/subgraphs.ts';
export const AZURE = 'k8s/overlays/aks/kustomization.yaml';

/**
 * The places of a subgraph in what no generator writes: the list, on Azure a client id that operators replace, as those of the
 * others, the documents, what `smoke` asks for, and its name on the pages, in Korean the English one.
 */
export const insertions = (
  name: string,
  capitalized: string,
  port: number,
  publishes?: string,
): readonly Insertion[] => [
  {
    file: LIST,
    before: '} as const satisfies',
    entry: publishes
      ? `  ${name}: { port: ${port}, events: ${name}Events, unhandled: ['${publishes}'], listensTo: ['reservation'] },\n`
      : `  ${name}: { port: ${port}, events: {}, listensTo: ['reservation'] },\n`,
  },
  {
    file: AZURE,
    before: 'configMapGenerator:\n',
    entry: `  - target: { kind: SecretProviderClass, name: ${name} }
    patch: '[{ "op": "replace", "path": "/spec/parameters/clientID", "value": "33333333-3333-3333-3333-33333333${port}" }]'\n`,
  },
  { file: 'README.md', before: '\n  reservation --- rdb', entry: ` & ${name}` },
  {
    file: 'README.md',
    before: '  rs -.-> ',
    entry: `  ${name} --- ${name}_db[(database)]${publishes ? ` -.->|relay| ${name}_s>"airline:${name}"]` : ''}\n`,
  },
  { file: 'README.md', before: '\n  fs -.-> ', entry: ` & ${name}` },
  {
    file: 'subgraphs/README.md',
    before: '\nIds of reservations',
    entry: `| [${name}](${name}/schema.graphql) | \`${capitalized}\`, one per customer, read from events | ${publishes ? `\`${publishes}\`` : 'nothing'} |\n`,
  },
  {
    file: 'infra/system/delivery/smoke',
    before: 'fi\nresponse=',
    entry: `  query+=' ${name}(customerId: \\"0\\") { customerId }'\n`,
  },
  { file: `${TEXTS}/en-names.ts`, before: NAMES, entry: `  ${name}: '${capitalized}',\n` },
  {
    file: `${TEXTS}/en-connection.ts`,
    before: '  },\n  heldUp:',
    entry: `    ${name}: 'The ${name} service does not respond: what it shows may be out of date.',\n`,
  },
  { file: `${TEXTS}/ko-names.ts`, before: NAMES, entry: `  ${name}: '${capitalized}',\n` },
  {
    file: `${TEXTS}/ko-connection.ts`,
    before: '  },\n  heldUp:',
    entry: `    ${name}: '${capitalized} 서비스가 응답하지 않습니다. 최신이 아닌 내용이 있을 수 있습니다.',\n`,
  },
  ...(publishes ? ofEvent(name, publishes) : []),
];

/** Those of its event: no policy handles it yet. */
const ofEvent = (name: string, type: string): readonly Insertion[] => [
  {
    file: LIST,
    before: 'import type { EventDefinition }',
    entry: `import { ${name}Events } from './events/${name}.ts';\n`,
  },
  { file: 'README.md', before: '\n  end\n', entry: ` & ${name}_s` },
  ...['en', 'ko'].map((language) => ({
    file: `${TEXTS}/${language}-names.ts`,
    before: '};\n',
    entry: `  ${type}: '${inWords(type)}',\n`,
  })),
];

/** `PointsEarned` is "Points earned". */
const inWords = (type: string): string =>
  type.replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/**
 * The texts of the files with all that is inserted, by their paths.
 * @throws SubgraphNameError where a file does not have what it is to be before
 */
export function withInserted(root: string, list: readonly Insertion[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { file, before, entry } of list) {
    const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
    const at = text.lastIndexOf(before);
    if (at < 0)
      throw new SubgraphNameError(`${file} has no "${before.trim()}": add the subgraph to it by hand.`);
    texts.set(file, text.slice(0, at) + entry + text.slice(at));
  }
  return texts;
}
