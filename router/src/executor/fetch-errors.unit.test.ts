import { refusalCodes, stopCodes } from '@airline/service/server';
import { expect, test } from 'vitest';
import { failedEntities, type Places, reportErrors, reportFailure } from './fetch-errors.ts';
import type { FetchError } from './run.ts';

const all = [{ path: ['a'] }, { path: ['b'], fields: ['x'] }];
const places: Places = {
  located: ([first, ...path]) =>
    first === 'here' ? [{ path: ['a', ...path] }, { path: ['b', ...path] }] : undefined,
  everywhere: () => all,
};
function reported(errors: readonly unknown[], hasData: boolean) {
  const into: FetchError[] = [];
  reportErrors(errors, 'sub', hasData, places, into);
  return into;
}
const DOWNSTREAM = { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'sub' };

test('a located error is at each place', () => {
  const extensions = { code: 'NOT_FOUND', field: 'id' };
  expect(reported([{ message: 'm', path: ['here', 1], extensions }], true)).toEqual([
    { message: 'm', place: { path: ['a', 1] }, extensions: { ...extensions, serviceName: 'sub' } },
    { message: 'm', place: { path: ['b', 1] }, extensions: { ...extensions, serviceName: 'sub' } },
  ]);
});

test('an index that is written as a text is one', () => {
  expect(reported([{ message: 'm', path: ['here', '1', 'x', '0'] }], true)).toMatchObject([
    { place: { path: ['a', 1, 'x', 0] } },
    { place: { path: ['b', 1, 'x', 0] } },
  ]);
  expect(failedEntities([{ path: ['_entities', '2'] }], '_entities')).toEqual(new Set([2]));
});

test('without data, the first that is not located is of all that was asked for; others have no place', () => {
  const errors = [
    { message: 'one' },
    { message: 'two', path: ['elsewhere'] },
    { message: 'three', path: ['here'] },
  ];
  const found = (hasData: boolean) => reported(errors, hasData).map(({ message, place }) => [message, place]);
  const three = [
    ['three', { path: ['a'] }],
    ['three', { path: ['b'] }],
  ];
  expect(found(false)).toEqual([['one', all[0]], ['one', all[1]], ['two', undefined], ...three]);
  expect(found(true)).toEqual([['one', undefined], ['two', undefined], ...three]);
});

test.each([null, 'm', 7, [], {}, { message: '' }, { message: 7, path: 'here', extensions: [] }])(
  '%j is an error nonetheless',
  (given) => {
    expect(reported([given], true)).toEqual([
      { message: 'Error in a response of the subgraph "sub".', place: undefined, extensions: DOWNSTREAM },
    ]);
  },
);

test.each([['here', 1.5], ['here', null], ['here', ['x']], 'here', [], { 0: 'here' }])(
  '%j is no path',
  (...path) => {
    const given = path.length === 1 ? path[0] : path;
    expect(reported([{ message: 'm', path: given }], true)).toMatchObject([{ place: undefined }]);
  },
);

test.each([
  'GRAPHQL_VALIDATION_FAILED',
  'DOCUMENT_LIMIT_EXCEEDED',
  'UNSUPPORTED_MEDIA_TYPE',
  'NOT_ACCEPTABLE',
  'PAYLOAD_TOO_LARGE',
  'SUBGRAPH_UNAVAILABLE',
  'TOO_MANY_REQUESTS',
  'OF_ITS_OWN',
  7,
  null,
])('%s is a fault of the router’s text or request', (code) => {
  expect(reported([{ message: 'm', extensions: { code } }], true)).toMatchObject([
    { extensions: { code: 'INTERNAL_SERVER_ERROR' } },
  ]);
});

test.each([...refusalCodes, ...stopCodes])('%s is of the contract, and reaches the client', (code) => {
  expect(reported([{ message: 'm', extensions: { code } }], true)).toMatchObject([{ extensions: { code } }]);
});

test('a failure is of all that was asked for', () => {
  const into: FetchError[] = [];
  reportFailure({ failure: 'away' }, places, into);
  expect(into).toEqual(
    all.map((place) => ({ message: 'away', place, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })),
  );
});

test('a thousand places of a response have errors, and the rest is one', () => {
  const some = reported(Array(1_001).fill({ path: ['here'] }), true);
  expect(some).toHaveLength(1_001);
  expect(some.at(-1)).toEqual({
    message: 'The subgraph "sub" has returned 501 more errors.',
    place: undefined,
    extensions: DOWNSTREAM,
  });
  expect(reported(Array(1_000).fill(1), true)).toHaveLength(1_000);
});

test('what is long is not repeated at each place', () => {
  const extensions = { code: 'NOT_FOUND', field: 'x'.repeat(5_000) };
  const path = ['here', ...Array(100).fill(0)];
  const [error] = reported([{ message: 'm'.repeat(5_000), path, extensions }], true);
  expect(error?.message).toHaveLength(1_003);
  expect(error).toMatchObject({ place: undefined, extensions: { code: 'NOT_FOUND', serviceName: 'sub' } });
  expect(error?.extensions).not.toHaveProperty('field');
});
