import { expect, test, vi } from 'vitest';
import { sentText } from '../../../build/sent-text.ts';
import trusted from '../../../trusted-documents.json' with { type: 'json' };
import { FlightDocument, FlightUpdatedDocument } from '../generated/graphql.ts';
import { createGraph } from './graph.ts';

test('what is sent is what the router trusts', async () => {
  const sent = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({ data: {} }));
  await createGraph('http://router/graphql').query(FlightDocument, { id: '1' });
  const body = sent.mock.calls[0]?.[1]?.body;
  sent.mockRestore();
  expect(JSON.parse(String(body)).query).toBe(sentText(FlightDocument.toString()));
  expect(Object.values(trusted)).toContain(JSON.parse(String(body)).query);
  expect(sentText(FlightUpdatedDocument.toString())).toBe(FlightUpdatedDocument.toString());
});
