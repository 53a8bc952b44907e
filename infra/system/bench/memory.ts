import { readFileSync } from 'node:fs';
import { bookingAt } from '@airline/e2e/booking';
import { startEmbedded } from '@airline/e2e/system';
import { runConcurrently } from './measure.ts';

export interface MemorySample {
  readonly sagas: number;
  /** Resident set, megabytes. */
  readonly mb: number;
}

/** How much memory the whole embedded system takes while it settles so many sagas, at ten points. */
export async function measureMemory(sagas: number): Promise<MemorySample[]> {
  await using system = await startEmbedded();
  const booking = bookingAt(system.url);
  const flightId = await booking.registerFlight(1_000_000);
  const samples: MemorySample[] = [];
  const portion = Math.ceil(sagas / 10);
  for (let done = 0; done < sagas; ) {
    const count = Math.min(portion, sagas - done);
    // As many as the router runs at once however slow it finds itself: it refuses others.
    await runConcurrently(count, 32, (index) =>
      booking.place({
        customerId: `customer-${index % 500}`,
        flightId,
        seatQty: 1,
        reserveDate: '2024-11-21',
      }),
    );
    done += count;
    samples.push({ sagas: done, mb: residentMb(system.processes.system?.pid) });
    process.stdout.write(`  ${done} sagas: ${samples.at(-1)?.mb} MB\n`);
  }
  return samples;
}

/** Of Linux's /proc, VmRSS. */
export function residentMb(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
