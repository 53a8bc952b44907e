import { rm } from 'node:fs/promises';
import { command } from '@airline/service/server';
import { type Counts, writeReport } from './report.ts';
import { bookLastSeats } from './smoke/booking.ts';
import { cleanClone } from './smoke/clean-clone.ts';
import { startServers } from './smoke/servers.ts';

command({
  usage: `Usage: npm run smoke
  The first steps of a newcomer in a clean clone: npm start, a booking, Ctrl-C. About a minute.`,
});

/**
 * The first steps of a newcomer: clone HEAD, `npm start`, book with curl, Ctrl-C. Of this machine's installation only
 * npm's configuration is reused.
 */
const counts: Counts = { passed: 0, failed: 0 };

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    const result = await work();
    counts.passed += 1;
    process.stdout.write(`ok     ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    counts.failed += 1;
    process.stdout.write(`FAILED ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    throw error;
  }
}

const clone = await cleanClone();
try {
  const servers = await step('npm start in a clean clone', () => startServers(clone));
  try {
    await step('two customers book the last seats', () => bookLastSeats(servers.routerUrl));
    await step('Ctrl-C ends it cleanly', () => servers.stop());
  } catch (error) {
    process.stdout.write(`Its output:\n${servers.output()}\n`);
    throw error;
  } finally {
    servers.kill();
  }
} catch {
  process.exitCode = 1;
} finally {
  await rm(clone.folder, { recursive: true, force: true });
}
writeReport(process.env.AIRLINE_TEST_REPORT, counts);
