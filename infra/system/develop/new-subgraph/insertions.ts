/** Text that is inserted into a file, before what stands there once. */
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
export const insertions = (name: string, capitalized: string, port: number): readonly Insertion[] => [
  {
    file: LIST,
    before: '} as const satisfies',
    entry: `  ${name}: { port: ${port}, events: {}, listensTo: ['reservation'] },\n`,
  },
  {
    file: AZURE,
    before: 'configMapGenerator:\n',
    entry: `  - target: { kind: SecretProviderClass, name: ${name} }
    patch: '[{ "op": "replace", "path": "/spec/parameters/clientID", "value": "33333333-3333-3333-3333-33333333${port}" }]'\n`,
  },
  { file: 'README.md', before: '\n  reservation --- rdb', entry: ` & ${name}` },
  { file: 'README.md', before: '  rs -.-> ', entry: `  ${name} --- ${name}_db[(database)]\n` },
  { file: 'README.md', before: '\n  fs -.-> ', entry: ` & ${name}` },
  {
    file: 'subgraphs/README.md',
    before: '\nIds of reservations',
    entry: `| [${name}](${name}/schema.graphql) | \`${capitalized}\`, one per customer, read from events | nothing |\n`,
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
];
