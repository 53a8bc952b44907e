import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { services } from '@airline/schema/events';
import { build, type Plugin } from 'esbuild';

const workspace = join(import.meta.dirname, '../../..');
const sqlite = createRequire(join(workspace, 'infra/platform/database/package.json'));

/** The line by which packages in CommonJS, in a bundle that is an ES module, require Node's modules. */
export const requireOfModules =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** What a process reads beside its code, from the workspace's root. */
const dataOf = (service: string): readonly string[] =>
  service === 'router'
    ? ['schema/supergraph.graphql', 'router/web/dist', 'router/web/trusted-documents.json']
    : [`subgraphs/${service}/schema.graphql`, `subgraphs/${service}/src/store/migrations`];

/**
 * Writes a service as one file, `main.mjs`, with all that it imports and nothing else: the files of its packages load three times
 * as slowly one by one. Beside it are the thread that serves its health, source maps, SQLite's library,
 * what the service reads, and the licences of its packages.
 *
 * @param folder where it is written
 * @param root the absolute path at which it will run
 * @throws BuildFailure of esbuild for an import that nothing resolves
 */
export async function bundle(service: string, folder: string, root = folder): Promise<void> {
  const entry = `${service === 'router' ? service : `subgraphs/${service}`}/src/main.ts`;
  const { metafile } = await build({
    absWorkingDir: workspace,
    entryPoints: { main: entry, [THREAD]: `infra/platform/service/src/http/${THREAD}.ts` },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    format: 'esm',
    // The conditions that Node itself has: with others, graphql would be there twice.
    conditions: [],
    banner: { js: requireOfModules },
    alias: { 'better-sqlite3': sqlite.resolve(`better-sqlite3/linux-${process.arch}`) },
    loader: { '.node': 'copy' },
    assetNames: '[name]',
    sourcemap: true,
    sourcesContent: false,
    plugins: [inPlace(entry, root), unmapped],
    metafile: true,
    logLevel: 'warning',
  });
  for (const path of dataOf(service)) cpSync(join(workspace, path), join(folder, path), { recursive: true });
  writeFileSync(join(folder, 'licences.txt'), licencesOf(Object.keys(metafile.inputs)));
}

/** The module of a thread is a file beside the service's. */
const THREAD = 'health-thread';

/** Our own files find what they read from where they stand in the workspace, and the module of a thread beside `main.mjs`. */
const inPlace = (entry: string, root: string): Plugin => ({
  name: 'in-place',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = relative(workspace, path);
      const meta: Readonly<Record<string, string | boolean>> = {
        dirname: dirname(join(root, file)),
        url: pathToFileURL(join(root, file)).href,
        main: file === entry,
      };
      const beside = JSON.stringify(pathToFileURL(join(root, `${THREAD}.mjs`)).href);
      const contents = readFileSync(path, 'utf8')
        .replaceAll(`'./${THREAD}.ts', import.meta.url`, beside)
        .replaceAll(/\bimport\.meta\.(dirname|url|main)\b/g, (_, name: string) => JSON.stringify(meta[name]));
      return { contents, loader: 'ts' };
    });
  },
});

/** Stacks name our files and lines. Those of packages would make the map twenty times as large: they are lines of the bundle. */
const unmapped: Plugin = {
  name: 'unmapped',
  setup: ({ onLoad }) => {
    const map = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${map}`,
      loader: 'js',
    }));
  },
};

/** The licences and notices of the packages that files belong to. */
function licencesOf(files: readonly string[]): string {
  const packages = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []),
  );
  const texts = [...packages].toSorted().flatMap((path) => {
    const folder = join(workspace, path);
    const { name, version }: { name: string; version: string } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    const notices = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    return notices.map(
      (file) => `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`,
    );
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

if (import.meta.main) {
  const [service = '', folder = '', root] = process.argv.slice(2);
  if (folder === '' || ![...services, 'router'].includes(service)) {
    process.stderr.write('Usage: node infra/system/delivery/bundle.ts SERVICE FOLDER [ROOT]\n');
    process.exit(1);
  }
  await bundle(service, folder, root);
}
