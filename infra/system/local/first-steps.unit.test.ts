import { expect, test } from 'vitest';
import { firstSteps } from './first-steps.ts';

const all = { dashboard: true, playground: true, operate: true };

test('five lines say what to open, how to fill the system and how to stop it', () => {
  expect(firstSteps({ url: 'http://127.0.0.1:8088/graphql', pages: all })).toEqual([
    'Open first http://127.0.0.1:8088/',
    'Operators  http://127.0.0.1:8088/operate',
    'Graph      http://127.0.0.1:8088/graphql (playground: http://127.0.0.1:8088/playground)',
    'Fill it    npm run demo-data',
    'Stop it    Ctrl-C',
  ]);
});

test('pages that are not served are not named, and a command has what it needs', () => {
  const pages = { dashboard: false, playground: false, operate: false };
  const credentials = 'ACCESS_TOKEN=$(npm run --silent token -- clerk) ';
  const url = 'http://127.0.0.1:7000/graphql';
  expect(firstSteps({ url, pages, credentials, stopping: ', which removes its data' })).toEqual([
    'Graph      http://127.0.0.1:7000/graphql',
    `Fill it    ${credentials}npm run demo-data -- --url ${url}`,
    'Stop it    Ctrl-C, which removes its data',
  ]);
});
