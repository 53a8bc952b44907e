import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { services } from '@airline/schema/events';
import { command } from '@airline/service/server';
import { sentText } from './build/sent-text.ts';
import { unknownToGraph } from './build/unknown-to-graph.ts';
import * as dashboard from './dashboard/src/generated/graphql.ts';
import { allOperations } from './operate/src/data/operations.ts';

const { values } = command({
  usage: `Usage: trusted-documents.ts [--check]
  Writes the operations of the pages, each by the SHA-256 of its text, and fails when the graph lacks what one asks for;
  --check: writes nothing, and fails when the file is stale, too.`,
  options: { check: { type: 'boolean' } },
});

const SUPERGRAPH = join(import.meta.dirname, '../../schema/supergraph.graphql');
const FILE = join(import.meta.dirname, 'trusted-documents.json');
const CASES = join(import.meta.dirname, 'playground/src/cases');

const texts = Object.entries(dashboard)
  .filter(([name]) => name.endsWith('Document'))
  .map(([, document]) => sentText(String(document)));
texts.push(...allOperations(services).map(sentText));
for (const name of (await readdir(CASES)).toSorted()) {
  if (name.endsWith('.graphql')) texts.push(await readFile(join(CASES, name), 'utf8'));
}

// No type is generated from those of the playground and of operators: a field that is removed would fail in a browser alone.
const unknown = unknownToGraph(await readFile(SUPERGRAPH, 'utf8'), new Set(texts));
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join('\n')}\n`);
  process.exitCode = 1;
}

const hashed = texts.map((text) => [createHash('sha256').update(text).digest('hex'), text] as const);
const manifest = `${JSON.stringify(Object.fromEntries(hashed), null, 2)}\n`;
if (!values.check) await writeFile(FILE, manifest);
else if ((await readFile(FILE, 'utf8').catch(() => '')) !== manifest) {
  process.stderr.write(`${FILE} is stale.\n`);
  process.exitCode = 1;
}
