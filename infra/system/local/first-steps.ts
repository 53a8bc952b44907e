import type { RouterConfig } from '@airline/router';

export interface FirstSteps {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  readonly pages: Pick<RouterConfig['pages'], 'dashboard' | 'playground' | 'operate'>;
  /** What says before a command who calls it; where anyone may do everything, nothing. */
  readonly credentials?: string;
  /** What Ctrl-C does, beside stopping the system. */
  readonly stopping?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:8088/graphql';

/** What to open first in a system that has just started, how to fill it and how to stop it: five lines at most. */
export function firstSteps({ url, pages, credentials = '', stopping = '' }: FirstSteps): string[] {
  const at = (path: string) => new URL(path, url).href;
  const line = (what: string, how: string) => `${what.padEnd(10)} ${how}`;
  const demoData = `npm run demo-data${url === DEFAULT_URL ? '' : ` -- --url ${url}`}`;
  return [
    ...(pages.dashboard ? [line('Open first', at('/'))] : []),
    ...(pages.operate ? [line('Operators', at('/operate'))] : []),
    line('Graph', pages.playground ? `${url} (playground: ${at('/playground')})` : url),
    line('Fill it', `${credentials}${demoData}`),
    line('Stop it', `Ctrl-C${stopping}`),
  ];
}
