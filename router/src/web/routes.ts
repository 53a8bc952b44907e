import type { Exchange } from '../http/exchange.ts';
import type { Route } from '../http/routes.ts';
import { JSON_TYPE, write } from '../http/write.ts';
import { chooseEncoding } from './encoding.ts';
import type { PageSettings } from './page-settings.ts';
import { policiesFor, securityHeaders } from './security.ts';
import type { SignIn } from './sign-in.ts';
import { readSite, type StoredFile } from './site.ts';
import type { NamedPage } from './unknown-path.ts';

/** Where the playground is, for links to it. */
export const PLAYGROUND_PATH = '/playground';

const OPERATE_PATH = '/operate';

/** The addresses of the dashboard, which shows in the browser what each of them stands for. */
const DASHBOARD_PATHS = [
  '/',
  ...['/flights', '/bookings', '/customers'].flatMap((path) => [path, `${path}/*`]),
];

/** What people try for the dashboard, whose folder has this name. */
const DASHBOARD_NAME = '/dashboard';

const IMMUTABLE = 'public, max-age=31536000, immutable';
/** Cached, but revalidated before each use. */
const REVALIDATED = 'no-cache';
const NOT_BUILT = 'This page is not built. Run `npm run build`, then start the router again.\n';

/** Where the issuer sends people back to, from signing in and out; it has to know this address of the router. */
const SIGN_IN_PATH = '/sign-in';

/** Which of the pages are served, from the folder of a build, and how people sign in on them. */
export interface Pages {
  readonly folder: string;
  readonly dashboard: boolean;
  readonly playground: boolean;
  readonly operate: boolean;
  readonly signIn: SignIn;
  readonly settings: PageSettings;
}

/**
 * The pages, and the files they load. Each file is a route of its own, so any other path is
 * unknown. A page that is not built returns 503 and the command that builds it.
 */
export async function pageRoutes({
  folder,
  dashboard,
  playground,
  operate,
  signIn,
  settings,
}: Pages): Promise<Route[]> {
  if (!(dashboard || playground || operate)) return [];
  const site = await readSite(folder);
  const policies = policiesFor(signIn.issuer ?? undefined);
  const routes: Route[] = [jsonRoute(`${SIGN_IN_PATH}.json`, signIn), jsonRoute('/settings.json', settings)];
  if (signIn.issuer !== null)
    routes.push(pageRoute(SIGN_IN_PATH, site.get('sign-in/index.html'), policies.page));
  if (dashboard) {
    const file = site.get('dashboard/index.html');
    routes.push(...DASHBOARD_PATHS.map((path) => pageRoute(path, file, policies.page)));
  }
  if (playground) {
    const file = site.get('playground/index.html');
    routes.push(pageRoute(PLAYGROUND_PATH, file, policies.playground));
  }
  if (operate) routes.push(pageRoute(OPERATE_PATH, site.get('operate/index.html'), policies.page));
  routes.push(...redirects(routes, dashboard));
  for (const [name, file] of site) {
    if (name.endsWith('.html')) continue;
    // The names of files in this folder hold hashes of their contents.
    const caching = name.startsWith('assets/') ? IMMUTABLE : REVALIDATED;
    routes.push(fileRoute(`/${name}`, file, { caching, policy: policies.file }));
  }
  return routes;
}

/** The pages that are served, for links to them. */
export const namedPages = ({
  dashboard,
  operate,
  playground,
}: Pick<Pages, 'dashboard' | 'operate' | 'playground'>): NamedPage[] => [
  ...(dashboard ? [{ path: '/', name: { en: 'Dashboard', ko: '대시보드' } }] : []),
  ...(operate ? [{ path: OPERATE_PATH, name: { en: 'Operations', ko: '운영' } }] : []),
  ...(playground ? [{ path: PLAYGROUND_PATH, name: { en: 'Playground', ko: '플레이그라운드' } }] : []),
];

/** From the address of each page with a slash behind it, and from what is no page but looks like the dashboard. */
function redirects(pages: readonly Route[], dashboard: boolean): Route[] {
  const slashes = pages.map(({ path }) => path).filter((path) => !/[*/]$|\.json$/.test(path));
  return [
    ...slashes.map((path) => redirectRoute(`${path}/`, path)),
    ...(dashboard ? [DASHBOARD_NAME, `${DASHBOARD_NAME}/`].map((path) => redirectRoute(path, '/')) : []),
  ];
}

function redirectRoute(path: string, to: string): Route {
  return {
    path,
    methods: ['GET', 'HEAD'],
    handle: (exchange, search) => {
      exchange.response.setHeader('location', search === '' ? to : `${to}?${search}`);
      write(exchange, { status: 308, type: 'text/plain; charset=utf-8', body: `This page is at ${to}.\n` });
    },
  };
}

function jsonRoute(path: string, value: object): Route {
  const writing = { status: 200, type: JSON_TYPE, body: JSON.stringify(value), caching: REVALIDATED };
  return { path, methods: ['GET', 'HEAD'], handle: (exchange) => write(exchange, writing) };
}

interface Terms {
  /** The cache-control header. */
  readonly caching: string;
  /** The content-security-policy header. */
  readonly policy: string;
}

function pageRoute(path: string, file: StoredFile | undefined, policy: string): Route {
  if (file) return fileRoute(path, file, { caching: REVALIDATED, policy });
  const missing = { status: 503, type: 'text/plain; charset=utf-8', body: NOT_BUILT };
  return { path, methods: ['GET', 'HEAD'], handle: (exchange) => write(exchange, missing) };
}

function fileRoute(path: string, file: StoredFile, terms: Terms): Route {
  return { path, methods: ['GET', 'HEAD'], handle: (exchange) => writeFile(exchange, file, terms) };
}

/** Sends the file in the coding that the client prefers, or 304 if it has that already. */
function writeFile({ request, response, id, health }: Exchange, file: StoredFile, terms: Terms): void {
  const { type, digest, content, compressed } = file;
  const encoding = chooseEncoding(request.headers['accept-encoding'], compressed);
  const body = (encoding && compressed.get(encoding)) ?? content;
  const tag = encoding ? `"${digest}-${encoding}"` : `"${digest}"`;

  response.appendHeader('vary', 'Accept-Encoding');
  const head = {
    ...securityHeaders,
    'content-security-policy': terms.policy,
    'cache-control': terms.caching,
  };
  for (const [name, value] of Object.entries(head)) response.setHeader(name, value);
  response.setHeader('etag', tag).setHeader('x-request-id', id);
  if (health.isShuttingDown) response.setHeader('connection', 'close');
  if (isKnown(request.headers['if-none-match'], tag)) {
    response.writeHead(304).end();
    return;
  }
  if (encoding) response.setHeader('content-encoding', encoding);
  response.writeHead(200, { 'content-type': type, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Whether an if-none-match header (RFC 9110 13.1.2) names this entity tag. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((known) => ['*', tag].includes(known.trim().replace(/^W\//, '')));
}
