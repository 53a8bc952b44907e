import { parentPort, workerData } from 'node:worker_threads';
import type { Asked } from './restarted.contract.ts';

// The thread of restarted.contract.ts.

const { from, config, call, request }: Asked = workerData;
const { createProvider } = await import(from);
const signal = AbortSignal.timeout(10_000);
parentPort?.postMessage(await createProvider(config, () => 0)[call]({ ...request, signal }));
