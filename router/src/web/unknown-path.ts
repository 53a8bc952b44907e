import { createHash } from 'node:crypto';
import { refusal } from '@airline/service/server';
import { readAccept, readWeights } from '../http/accept.ts';
import type { Exchange } from '../http/exchange.ts';
import { write } from '../http/write.ts';
import { securityHeaders } from './security.ts';

/** A page that is served, by what a reader calls it. */
export interface NamedPage {
  readonly path: string;
  readonly name: Readonly<Record<Language, string>>;
}

type Language = 'en' | 'ko';

const texts = {
  en: {
    title: 'There is no page at this address',
    asked: (path: string) => `${path} is no page of this system. These are:`,
    graph: 'GraphQL is at /graphql, for programs.',
  },
  ko: {
    title: '이 주소에는 페이지가 없습니다',
    asked: (path: string) => `${path}: 이 시스템에 없는 주소입니다. 다음 페이지를 이용하세요.`,
    graph: '프로그램은 /graphql 주소를 사용합니다.',
  },
} as const;

const STYLE = `:root{color-scheme:light dark}body{max-width:40rem;margin:15vh auto 0;padding:0 20px;font:16px/1.5 system-ui,sans-serif}
p,li{overflow-wrap:anywhere}a{display:inline-block;padding:10px 0}`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/**
 * Responds to a path that there is not: to a browser that opens it with a page that leads to those that there are, in the language
 * it prefers, and to a program with the refusal.
 */
export const pageOfUnknownPath =
  (pages: readonly NamedPage[]) =>
  (exchange: Exchange): void => {
    const { request, response } = exchange;
    const { accept, 'accept-language': preferred } = request.headers;
    const isOpened = request.method === 'GET' || request.method === 'HEAD';
    if (!isOpened || !readAccept(accept).page) throw refusal.unknownPath();
    const language = languageOf(preferred);
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    response.setHeader('content-security-policy', POLICY).appendHeader('vary', 'Accept, Accept-Language');
    const path = request.url?.replace(/\?.*$/s, '') ?? '/';
    write(exchange, {
      status: 404,
      type: 'text/html; charset=utf-8',
      body: documentOf(pages, path, language),
    });
  };

function documentOf(pages: readonly NamedPage[], path: string, language: Language): string {
  const { title, asked, graph } = texts[language];
  const links = pages.map(({ path, name }) => `<li><a href="${path}">${name[language]}</a>`).join('');
  return `<!doctype html><html lang="${language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style>
<main><h1>${title}</h1><p>${escaped(asked(path))}<ul>${links}</ul><p>${graph}</main></html>
`;
}

/** Of the two, the one that an accept-language header (RFC 9110 12.5.4) prefers; English for none of them. */
function languageOf(header = ''): Language {
  const weights = { en: 0, ko: 0 };
  for (const [tag, weight] of readWeights(header)) {
    const [primary] = tag.split('-');
    if (primary === 'en' || primary === 'ko') weights[primary] = Math.max(weights[primary], weight);
  }
  return weights.ko > weights.en ? 'ko' : 'en';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (one) => ENTITIES[one] ?? one);
