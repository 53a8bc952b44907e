import * as router from '@airline/router';
import { expect, test } from 'vitest';
import { loadSubgraphs } from './subgraphs.ts';

const subgraphs = await loadSubgraphs();
const processes = [{ name: 'router', ...router }, ...subgraphs];
const names = processes.flatMap(({ variables }) => Object.keys(variables));

// `npm start`, `npm run dev`, an operator's shell and a ConfigMap may hold the variables of all processes.
test.each(processes)(
  '$name does not take the variables of others for its own, misspelled',
  ({ variables, readConfig }) => {
    const foreign = [...names, 'ROUTER_URL', 'PGUSER', 'PGPASSWORD'].filter((name) => !(name in variables));
    expect(() => readConfig(Object.fromEntries(foreign.map((name) => [name, 'x'])))).not.toThrow();
  },
);
