import { afterAll } from 'vitest';
import { killRunning } from './running.ts';

// Of every test file. What starts a process ends it, but for a start that never resolves: the test times out, and has nothing to end.

afterAll(killRunning);
