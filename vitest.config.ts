import { defineConfig } from 'vitest/config';

const onlyWhenAsked: Readonly<Record<string, string | undefined>> = {
  long: process.env.AIRLINE_LONG,
  cluster: process.env.AIRLINE_CLUSTER,
};

/** Cheap ones first: whole systems are started after all else, since most of their time is waiting. */
const kinds = [
  { name: 'unit', seconds: 10, order: 0, maxWorkers: '100%' },
  { name: 'int', seconds: 60, order: 1, maxWorkers: '100%' },
  { name: 'e2e', seconds: 180, order: 2, maxWorkers: '100%' },
  // Minutes each, so they run only when asked for: `npm run test:long`.
  { name: 'long', seconds: 400, order: 3, maxWorkers: 1 },
  // They need a cluster that kubectl points at: `npm run test:cluster`.
  { name: 'cluster', seconds: 1200, order: 4, maxWorkers: 1 },
].filter(({ name }) => !(name in onlyWhenAsked) || onlyWhenAsked[name] !== undefined);

export default defineConfig({
  test: {
    reporters: ['./infra/platform/testing/src/reporter.ts'],
    // Node loads the sources by itself, as it does in production. Vite's own loader would also load a second copy of
    // graphql-js (its ES module build), whose types the Apollo packages refuse.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: kinds.map(({ name, seconds, order, maxWorkers }) => ({
      extends: true,
      test: {
        name,
        include: [`{schema,infra,subgraphs,router,k8s}/**/*.${name}.test.ts`],
        testTimeout: seconds * 1000,
        hookTimeout: seconds * 1000,
        sequence: { groupOrder: order },
        maxWorkers,
      },
    })),
  },
});
