import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requires, tempFolder } from '@airline/testing';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { render, root } from './checks/kubectl.ts';

const run = promisify(execFile);

test('Istio finds nothing wrong with the mesh', requires('istioctl').options, async () => {
  await using folder = await tempFolder();
  const file = join(folder.path, 'mesh.yaml');
  // What observes the airline is no part of the mesh.
  const manifests = (await render(join(root, 'k8s/overlays/mesh'))).filter(
    ({ metadata }) => metadata.namespace !== 'observability',
  );
  await writeFile(file, manifests.map((manifest) => stringify(manifest)).join('---\n'));
  const validated = await run('istioctl', ['validate', '--filename', file]);
  // Warnings would stand beside it.
  expect(validated.stderr.trim()).toBe(`"${file}" is valid`);
  const analyzed = await run('istioctl', [
    'analyze',
    '--use-kube=false',
    '--failure-threshold=Warning',
    file,
  ]);
  expect(analyzed.stderr).toContain('No validation issues found');
});
