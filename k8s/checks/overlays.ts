import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findKubectl, render, root } from './kubectl.ts';
import type { Manifest } from './manifest.ts';

export const overlays = ['local', 'test', 'aks', 'mesh'];
export const components = ['istio', 'observability', 'prometheus-operator'];

/** What each overlay deploys, and each component by itself on top of `local`; one run of kubectl each, all at once. */
export async function renderAll(): Promise<Map<string, Manifest[]>> {
  await findKubectl();
  const cache = join(root, '.cache');
  await mkdir(cache, { recursive: true });
  // Within the workspace, because kustomize takes no absolute paths.
  const folder = await mkdtemp(join(cache, 'k8s-'));
  try {
    const entries = [
      ...overlays.map(async (name) => [name, await render(join(root, 'k8s/overlays', name))] as const),
      ...components.map(async (name) => [name, await renderWith(join(folder, name), name)] as const),
    ];
    return new Map(await Promise.all(entries));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function renderWith(folder: string, component: string): Promise<Manifest[]> {
  await mkdir(folder);
  const text = `resources: [../../../k8s/overlays/local]\ncomponents: [../../../k8s/components/${component}]\n`;
  await writeFile(join(folder, 'kustomization.yaml'), text);
  return await render(folder);
}
