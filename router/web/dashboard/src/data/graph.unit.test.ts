import { expect, test } from 'vitest';
import { sentText } from '../../../build/sent-text.ts';
import trusted from '../../../trusted-documents.json' with { type: 'json' };
import { FlightDocument, FlightUpdatedDocument } from '../generated/graphql.ts';
import { createGraph } from './graph.ts';

test('what is sent is what the router trusts', async () => {
  let body: unknown;
  const graph = createGraph('http://router/graphql', async (_url, init) => {
    body = init?.body;
    return Response.json({ data: {} });
  });
  await graph.query(FlightDocument, { id: '1' });
  expect(JSON.parse(String(body)).query).toBe(sentText(FlightDocument.toString()));
  expect(Object.values(trusted)).toContain(JSON.parse(String(body)).query);
  expect(sentText(FlightUpdatedDocument.toString())).toBe(FlightUpdatedDocument.toString());
});
