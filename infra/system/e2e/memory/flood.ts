import { readFileSync } from 'node:fs';
import { present } from '@airline/testing';
import { parseMetrics } from '../parse-metrics.ts';
import { hotText, textOf } from './texts.ts';

/** Operations that are asked for all the time, one after each four of other texts. */
const HOT = 50;
const COLD_PER_HOT = 4;
const AT_ONCE = 8;

export interface FloodOptions {
  /** Of the router's `/graphql`. */
  readonly url: string;
  readonly pid: number | undefined;
  /** Different texts that are sent once each. */
  readonly texts: number;
  /** One text of so many is near the limits of a document. */
  readonly hostileEach: number;
  readonly samples: number;
}

export interface Sample {
  readonly texts: number;
  readonly seconds: number;
  /** Megabytes: the resident set, the heap, and what documents weigh. */
  readonly resident: number;
  readonly heap: number;
  readonly documentsWeigh: number;
  readonly documents: number;
  /** Of the requests for hot operations since the last sample, the share that found their document. */
  readonly hotHits: number;
}

/** Sends a router many different texts, and a few again and again; every one must get a response. */
export async function flood(options: FloodOptions): Promise<Sample[]> {
  const { url, texts, samples, hostileEach } = options;
  const begun = performance.now();
  const taken: Sample[] = [];
  const portion = Math.ceil(texts / samples);
  for (let n = 0; n < HOT; n += 1) await send(url, { query: hotText(n) });
  let next = 0;
  let hot = 0;
  for (let done = 0; done < texts; done += portion) {
    const before = await scrape(url);
    const hotBefore = hot;
    const until = Math.min(texts, done + portion);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next < until) {
          const n = next;
          next += 1;
          const { text, operationName } = textOf(n, hostileEach);
          await send(url, { query: text, operationName });
          if (n % COLD_PER_HOT > 0) continue;
          hot += 1;
          await send(url, { query: hotText(hot % HOT) });
        }
      }),
    );
    const after = await scrape(url);
    const sample = {
      texts: until,
      seconds: Math.round((performance.now() - begun) / 1000),
      resident: residentMb(options.pid),
      heap: megabytes(after.heap),
      documentsWeigh: megabytes(after.weight),
      documents: after.documents,
      hotHits: (after.hits - before.hits) / (hot - hotBefore),
    };
    taken.push(sample);
    process.stdout.write(`${JSON.stringify(sample)}\n`);
  }
  return taken;
}

async function send(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text.slice(0, 500)}`);
}

async function scrape(url: string) {
  const metrics = parseMetrics(await (await fetch(new URL('/metrics', url))).text());
  const value = (name: string, labels = {}) => present(metrics.value(name, labels), name);
  return {
    hits: metrics.value('router_documents_total', { result: 'hit' }) ?? 0,
    documents: value('router_documents_cached'),
    weight: value('router_documents_bytes'),
    heap: value('nodejs_heap_size_used_bytes'),
  };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

/** Of Linux's /proc, VmRSS. */
function residentMb(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
