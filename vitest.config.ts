import { configDefaults, defineConfig } from 'vitest/config';

const onlyWhenAsked: Readonly<Record<string, string | undefined>> = {
  long: process.env.AIRLINE_LONG,
  cluster: process.env.AIRLINE_CLUSTER,
};

/** They count the objects and the bytes of their process, so each has one of its own. */
const alone = [
  'router/src/subscriptions/{held,no-leak}.int.test.ts',
  'router/src/supergraph/let-go.int.test.ts',
];

/**
 * Vitest runs the kinds of one order by name and the larger files first, so that no long one runs by itself at the end.
 * Files of unit and int share the process of a worker: to start one and to load the modules takes longer than most of
 * them run.
 */
const kinds = [
  { name: 'alone', seconds: 60, order: 0, maxWorkers: '100%', include: alone },
  { name: 'e2e', seconds: 180, order: 0, maxWorkers: '100%' },
  {
    name: 'int',
    seconds: 60,
    order: 0,
    maxWorkers: '100%',
    isolate: false,
    exclude: [...configDefaults.exclude, ...alone],
  },
  { name: 'unit', seconds: 10, order: 0, maxWorkers: '100%', isolate: false },
  // Minutes each, so they run only when asked for: `npm run test:long`.
  { name: 'long', seconds: 400, order: 1, maxWorkers: 1 },
  // They need a cluster that kubectl points at: `npm run test:cluster`.
  {
    name: 'cluster',
    seconds: 3600,
    order: 2,
    maxWorkers: 1,
    globalSetup: './k8s/cluster/leave-nothing.ts',
  },
].filter(({ name }) => !(name in onlyWhenAsked) || onlyWhenAsked[name] !== undefined);

export default defineConfig({
  test: {
    setupFiles: ['asserts', 'running'].map((name) => `./infra/platform/testing/src/${name}.setup.ts`),
    reporters: ['./infra/platform/testing/src/reporter.ts'],
    // Node loads the sources by itself, as it does in production. Vite's own loader would also load a second copy of
    // graphql-js (its ES module build), whose types the Apollo packages refuse.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: kinds.map(({ name, seconds, order, ...options }) => ({
      extends: true,
      test: {
        name,
        include: [`{schema,infra,subgraphs,router,k8s}/**/*.${name}.test.ts`],
        testTimeout: seconds * 1000,
        hookTimeout: seconds * 1000,
        sequence: { groupOrder: order },
        ...options,
      },
    })),
  },
});
