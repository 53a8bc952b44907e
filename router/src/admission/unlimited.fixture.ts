import type { AdmissionLimits } from './admission.ts';

/** Limits for tests of something else, and for controls. */
export const UNLIMITED: AdmissionLimits = {
  clientInFlight: 1e6,
  clientShare: 1e6,
  inFlight: 1e6,
  queue: 1e6,
};
