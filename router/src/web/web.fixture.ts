import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { tempFolder } from '@airline/testing';
import { onTestFinished } from 'vitest';
import { startFront } from '../http/http.fixture.ts';
import type { PageSettings } from './page-settings.ts';
import { namedPages, pageRoutes } from './routes.ts';
import type { SignIn } from './sign-in.ts';
import { pageOfUnknownPath } from './unknown-path.ts';

export const script = 'console.log("a script");\n'.repeat(100);

/** What a build leaves: three pages, a script with its variants, a picture without any, and a hidden file. */
export const built: Readonly<Record<string, string | Buffer>> = {
  'dashboard/index.html': '<!doctype html><title>Dashboard</title>',
  'playground/index.html': '<!doctype html><title>Playground</title>',
  'operate/index.html': '<!doctype html><title>Operations</title>',
  'sign-in/index.html': '<!doctype html><title>Sign-in</title>',
  'assets/main-abc.js': script,
  'assets/main-abc.js.br': brotliCompressSync(script),
  'assets/main-abc.js.gz': gzipSync(script),
  'assets/icon-def.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'robots.txt': 'User-agent: *\n',
  '.built-from': 'secret',
};

/** A folder with these files, and what lies beside it. */
export async function siteFolder(files: typeof built): Promise<string> {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const site = join(folder.path, 'dist');
  await writeFile(join(folder.path, 'beside.txt'), 'secret');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(site, name)), { recursive: true });
    await writeFile(join(site, name), content);
  }
  return site;
}

/** Of a router without an issuer. */
export const open: SignIn = {
  open: true,
  issuer: null,
  clientId: 'airline',
  scope: 'openid',
  audience: null,
  rolesClaim: 'roles',
};

/** Of a router that has been told of no place for traces. */
export const settings: PageSettings = { traceUrl: null };

/** The router's front with these pages, and a client that sends paths as they are and decodes nothing. */
export async function startWeb(
  files: typeof built = built,
  pages = { dashboard: true, playground: true, operate: true },
  signIn: SignIn = open,
) {
  const folder = await siteFolder(files);
  const front = await startFront({
    routes: await pageRoutes({ folder, ...pages, signIn, settings }),
    unknownPath: pageOfUnknownPath(namedPages(pages)),
    playground: pages.playground ? '/playground' : undefined,
  });
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const { promise, resolve, reject } = Promise.withResolvers<{
      status: number | undefined;
      headers: Record<string, string | string[] | undefined>;
      body: Buffer;
    }>();
    request({ host: '127.0.0.1', port: front.server.port, path, headers, method }, (response) => {
      buffer(response).then(
        (body) => resolve({ status: response.statusCode, headers: response.headers, body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
    return promise;
  };
  return { ...front, ask, folder };
}
