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
  const manifests = await render(join(root, 'k8s/overlays/mesh'));
  await writeFile(file, manifests.map((manifest) => stringify(manifest)).join('---\n'));
  // Both end with an error where there is a warning or worse, and say which.
  const validated = await run('istioctl', ['validate', '--filename', file]);
  expect(validated.stderr).toBe('');
  const analyzed = await run('istioctl', [
    'analyze',
    '--use-kube=false',
    '--failure-threshold=Warning',
    file,
  ]);
  expect(analyzed.stdout).toContain('No validation issues found');
});
