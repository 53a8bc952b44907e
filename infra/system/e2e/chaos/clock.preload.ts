import { readFileSync } from 'node:fs';

// Loaded by `node --import` before a process under test: its clock is wrong by as many milliseconds as the file says.

const file = process.env.CHAOS_CLOCK_FILE ?? '';
const RealDate = Date;
const LOOK_EVERY_MS = 200;

let offset = 0;
let lookedAt = 0;

function now(): number {
  const real = RealDate.now();
  if (real - lookedAt > LOOK_EVERY_MS) {
    lookedAt = real;
    try {
      const written = Number(readFileSync(file, 'utf8'));
      if (Number.isFinite(written)) offset = written;
    } catch {
      // No file, no offset.
    }
  }
  return real + offset;
}

globalThis.Date = class extends RealDate {
  constructor(...parts: unknown[]) {
    // Date's constructor takes anything, as this one does.
    super(...((parts.length === 0 ? [now()] : parts) as [number]));
  }

  static override now(): number {
    return now();
  }
} as DateConstructor;
