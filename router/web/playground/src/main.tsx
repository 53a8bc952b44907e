import 'graphiql/setup-workers/vite';
// Not graphiql/style.css: two thirds of that are fonts as data: URLs, and Monaco brings its own styles anyway.
import '@graphiql/react/style.css';
import 'graphiql/graphiql.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import './playground.css';
import { StorageAPI } from '@graphiql/toolkit';
import { createRoot } from 'react-dom/client';
import { openSession } from '../../sign-in/browser.ts';
import { createLatestIds } from './latest-ids.ts';
import { Playground } from './playground.tsx';

const container = document.getElementById('playground');
if (container === null) throw new Error('index.html has no element "playground".');

createRoot(container).render(
  <Playground
    graphUrl={new URL('/graphql', location.href)}
    latestIds={createLatestIds(new StorageAPI())}
    session={await openSession()}
  />,
);
