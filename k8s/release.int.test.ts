import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { startChild, tempFolder } from '@airline/testing';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { findKubectl, root } from './checks/kubectl.ts';

const REGISTRY = 'airline.azurecr.io';
const IMAGES = [...services, 'router'];
const digestOf = (image: string) => `sha256:${createHash('sha256').update(image).digest('hex')}`;

/** What docker, cosign, npm and kubectl would do, as lines of `calls`; only kustomize is kubectl's own. */
const PROGRAMS = {
  docker: `case "$*" in *imagetools*) [ -z "$UNKNOWN" ] || exit 1; printf sha256:%s "$(printf %s "$4" | sha256sum | cut -d' ' -f1)";; *base.name*) echo "node:26@$BASE";; *revision*) echo 0123abcd;; esac`,
  cosign: `case "$1 $*" in verify*"$REFUSED"*) [ -z "$REFUSED" ] || exit 1;; esac`,
  npm: 'true',
  kubectl: `case "$1" in kustomize) exec "$KUBECTL" "$@";; esac`,
};

let folder: string;
const pathOf = (file: string) => join(folder, file);
const read = (file: string) => readFileSync(pathOf(file), 'utf8');
const calls = () => (existsSync(pathOf('calls')) ? read('calls').trim().split('\n') : []);

beforeEach(async () => {
  const temporary = await tempFolder();
  onTestFinished(() => temporary[Symbol.asyncDispose]());
  folder = temporary.path;
  for (const part of ['k8s', 'schema', 'infra/system/delivery']) {
    cpSync(join(root, part), pathOf(part), {
      recursive: true,
      filter: (file) => !/node_modules|broken/.test(file),
    });
  }
  mkdirSync(pathOf('bin'));
  for (const [name, script] of Object.entries(PROGRAMS)) {
    writeFileSync(pathOf(`bin/${name}`), `#!/bin/sh\necho "${name} $*" >>'${folder}/calls'\n${script}\n`);
    chmodSync(pathOf(`bin/${name}`), 0o755);
  }
});

async function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [path, KUBECTL] = [`${folder}/bin:${process.env.PATH}`, await findKubectl()];
  const unset = { UNKNOWN: '', REFUSED: '', BASE: digestOf('node'), ...jenkins };
  await using child = startChild(pathOf(`infra/system/delivery/${script}`), args, {
    cwd: folder,
    env: { ...unset, KUBECTL, ...env, PATH: path },
  });
  const { exit, stderr } = await child.ended;
  return { exit, stderr };
}

/** What Jenkins says of itself to what it runs. */
const jenkins = {
  GIT_URL: 'https://git.example/airline.git',
  JENKINS_URL: 'https://jenkins.example/',
  BUILD_URL: 'https://jenkins.example/job/airline/7/',
};
const release = (overlay: string, env = {}) => run('release', [overlay, REGISTRY, 'abc'], env);
const keyless = { COSIGN_IDENTITY: 'https://pipeline', COSIGN_ISSUER: 'https://issuer' };

test.each(['aks', 'mesh'])(
  'what is released of %s names every image by its digest, and is signed',
  async (overlay) => {
    expect(await release(overlay)).toEqual({ exit: 0, stderr: '' });
    const images = [...read('.cache/release/manifests.yaml').matchAll(/^ *(?:- )?image: (.*)$/gm)].map(
      ([, image]) => image,
    );
    expect(images.filter((image) => !/@sha256:[\da-f]{64}$/.test(String(image)))).toEqual([]);
    const ours = IMAGES.map((name) => `${REGISTRY}/airline/${name}`);
    expect(images).toEqual(expect.arrayContaining(ours.map((name) => `${name}@${digestOf(`${name}:abc`)}`)));
    const signed = calls().filter((line) => line.startsWith('cosign '));
    expect(signed).toEqual([
      ...IMAGES.flatMap((name) => {
        const image = `${REGISTRY}/airline/${name}@${digestOf(`${REGISTRY}/airline/${name}:abc`)}`;
        return [
          `cosign sign --yes ${image}`,
          `cosign attest --yes --type cyclonedx --predicate .cache/sbom/${name}.cdx.json ${image}`,
          `cosign attest --yes --type slsaprovenance1 --predicate .cache/release/${name}.provenance.json ${image}`,
        ];
      }),
      'cosign sign-blob --yes --bundle .cache/release/manifests.sigstore.json .cache/release/manifests.yaml',
    ]);
  },
);

test('an image’s provenance tells its sources, its base and the run that made it', async () => {
  await release('aks');
  const read = () => JSON.parse(readFileSync(pathOf('.cache/release/flight.provenance.json'), 'utf8'));
  expect(read()).toEqual({
    buildDefinition: {
      buildType: 'https://git.example/airline/blob/0123abcd/infra/system/delivery/Dockerfile',
      externalParameters: { service: 'flight', version: 'abc' },
      resolvedDependencies: [
        { uri: 'git+https://git.example/airline.git', digest: { gitCommit: '0123abcd' } },
        { uri: 'pkg:docker/node@26', digest: { sha256: digestOf('node').replace('sha256:', '') } },
      ],
    },
    runDetails: {
      builder: { id: 'https://jenkins.example/' },
      metadata: { invocationId: 'https://jenkins.example/job/airline/7/' },
    },
  });
  await release('aks', {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'example/airline',
    GITHUB_WORKFLOW_REF: 'example/airline/.github/workflows/deliver.yaml@refs/heads/main',
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '2',
  });
  expect(read().runDetails).toEqual({
    builder: { id: 'https://github.com/example/airline/.github/workflows/deliver.yaml@refs/heads/main' },
    metadata: { invocationId: 'https://github.com/example/airline/actions/runs/7/attempts/2' },
  });
  writeFileSync(pathOf('calls'), '');
  const { exit, stderr } = await release('aks', { BASE: '' });
  expect(exit).not.toBe(0);
  expect(stderr).toContain('abc does not say of what it was made');
  expect(calls().filter((line) => line.startsWith('cosign'))).toEqual([]);
});

test('nothing is released of an image whose digest the registry does not tell, nor of another registry', async () => {
  expect((await release('aks', { UNKNOWN: 'yes' })).exit).not.toBe(0);
  const { exit, stderr } = await run('release', ['aks', 'another.example', 'abc']);
  expect(exit).not.toBe(0);
  expect(stderr).toContain('does not take its images from another.example');
  expect(calls().filter((line) => line.startsWith('cosign'))).toEqual([]);
});

test('a key signs images in the format that policy-controller reads of keys, and manifests in the one of bundles', async () => {
  await release('aks', { COSIGN_KEY: 'kms://key' });
  const signed = calls().filter((line) => line.startsWith('cosign '));
  const [sign, attest] = signed;
  const by = '--yes --key kms://key';
  const older = '--new-bundle-format=false --use-signing-config=false';
  expect(sign).toMatch(new RegExp(`^cosign sign ${by} ${older} ${REGISTRY}`));
  expect(attest).toMatch(new RegExp(`^cosign attest ${by} ${older} --type cyclonedx `));
  expect(signed.at(-1)).toMatch(new RegExp(`^cosign sign-blob ${by} --bundle `));
});

test('all signatures are verified before anything is deployed, by a key or an identity', async () => {
  await release('aks', { COSIGN_KEY: 'kms://key' });
  for (const [env, by] of [
    [{ COSIGN_KEY: 'kms://key' }, '--key kms://key'],
    [{ COSIGN_KEY: 'kms://key', COSIGN_PUBLIC_KEY: 'key.pub' }, '--key key.pub'],
    [keyless, '--certificate-identity https://pipeline --certificate-oidc-issuer https://issuer'],
  ] as const) {
    writeFileSync(pathOf('calls'), '');
    expect((await run('deploy', [], env)).exit).toBe(0);
    const deployed = calls();
    const first = deployed.findIndex((line) => line.startsWith('kubectl'));
    expect(deployed.slice(0, first)).toEqual([
      `cosign verify-blob ${by} --bundle .cache/release/manifests.sigstore.json .cache/release/manifests.yaml`,
      ...IMAGES.map(
        (name) =>
          `cosign verify ${by} ${REGISTRY}/airline/${name}@${digestOf(`${REGISTRY}/airline/${name}:abc`)}`,
      ),
    ]);
    expect(deployed.slice(first)).toContainEqual(expect.stringMatching(/^kubectl apply/));
  }
});

test.each([
  ['the manifests’ signature is refused', 'verify-blob', keyless, ''],
  ['an image’s signature is refused', '/payment@', keyless, ''],
  ['nothing says whose signatures count', '', {}, 'COSIGN_PUBLIC_KEY'],
])('nothing is deployed where %s', async (_, REFUSED, env, said) => {
  await release('aks');
  const { exit, stderr } = await run('deploy', [], { ...env, REFUSED });
  expect(exit).not.toBe(0);
  expect(stderr).toContain(said);
  expect(calls().filter((line) => /^kubectl (?!kustomize)/.test(line))).toEqual([]);
});

test('images are built on one digest of their base', async () => {
  writeFileSync(pathOf('bin/git'), '#!/bin/sh\necho 0123abcd\n');
  chmodSync(pathOf('bin/git'), 0o755);
  expect(await run('build-images', [REGISTRY, 'abc'])).toEqual({ exit: 0, stderr: '' });
  const builds = calls().filter((line) => line.startsWith('docker build '));
  expect(builds).toHaveLength(IMAGES.length);
  const base = /^ARG NODE_IMAGE=(.*)$/m.exec(read('infra/system/delivery/Dockerfile'))?.[1] ?? '';
  expect(base).toMatch(/^node:\d/);
  expect(builds.filter((line) => !line.includes(` NODE_IMAGE=${base}@${digestOf(base)} `))).toEqual([]);
});
