import './playground.css';
import { createRoot } from 'react-dom/client';
import { openSession } from '../../sign-in/browser.ts';
import { loadTraceUrl } from '../../trace/trace-url.ts';
import { createWorkspace } from './data/workspace.ts';
import { Playground } from './playground.tsx';

const container = document.getElementById('playground');
if (container === null) throw new Error('index.html has no element "playground".');

const [session, traceUrl] = await Promise.all([openSession(), loadTraceUrl()]);
const graphUrl = new URL('/graphql', location.href);

createRoot(container).render(<Playground workspace={createWorkspace({ graphUrl, session, traceUrl })} />);
