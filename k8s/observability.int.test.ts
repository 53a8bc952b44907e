import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requires } from '@airline/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dashboardFaults } from './checks/dashboards.ts';
import { root } from './checks/kubectl.ts';
import { mistakes, type TextMistake, textOf } from './checks/mistake.ts';
import { type KnownMetrics, knownMetrics } from './checks/queries.ts';
import { configFaults, promtoolFaults, ruleFaults } from './checks/rules.ts';
import { readSources, sourceFaults } from './checks/sources.ts';

const FOLDER = 'k8s/components/observability';
const RULES = `${FOLDER}/prometheus/rules.yaml`;
const TESTS = `${FOLDER}/prometheus/rules.test.yaml`;
const CONFIG = `${FOLDER}/prometheus/config.yaml`;
const SOURCES = `${FOLDER}/grafana/sources.yaml`;
const CONFIG_OF_COMPOSE = 'infra/system/delivery/prometheus.yaml';
const OPERATORS_RULES = 'k8s/components/prometheus-operator/rules.yaml';
const dashboards = readdirSync(join(root, FOLDER, 'grafana/dashboards')).map(
  (file) => `${FOLDER}/grafana/dashboards/${file}`,
);

let known: KnownMetrics;

beforeAll(async () => {
  known = await knownMetrics();
});

/** All that is wrong with what watches the airline, with a mistake in it when there is one. */
async function faults(mistake?: TextMistake): Promise<string[]> {
  const rules = textOf(RULES, mistake);
  const sources = textOf(SOURCES, mistake);
  const found = [
    ...ruleFaults(rules, known),
    ...sourceFaults(sources),
    ...dashboards.flatMap((file) => dashboardFaults(textOf(file, mistake), known, readSources(sources))),
  ];
  if (mistake?.file === OPERATORS_RULES || !mistake) {
    const { spec }: { spec: unknown } = parse(textOf(OPERATORS_RULES, mistake));
    if (JSON.stringify(spec) !== JSON.stringify(parse(rules)))
      found.push('the PrometheusRule is not what rules.yaml is');
  }
  if (found.length > 0) return found;
  for (const file of [CONFIG, CONFIG_OF_COMPOSE])
    if (mistake?.file === file || !mistake) found.push(...(await configFaults(textOf(file, mistake))));
  if (mistake?.file === RULES || !mistake) found.push(...(await promtoolFaults(rules, textOf(TESTS))));
  return found;
}

describe('dashboards and rules', requires('promtool').options, () => {
  test('have valid syntax, name what the code records, and fire when they should', async () => {
    expect(dashboards).toHaveLength(4);
    expect(await faults()).toEqual([]);
  });

  test.each(mistakes<TextMistake>('observability'))('catches %s', async (_name, mistake) => {
    expect(mistake.caught).not.toEqual([]);
    expect(await faults(mistake)).toEqual(mistake.caught.map((message) => expect.stringContaining(message)));
  });
});
