const { FC_RUNS, FC_SEED } = process.env;

/** How many runs, from which seed: the same in each build, unless `FC_RUNS` and `FC_SEED` widen the search. */
export const runs = (times: number) => ({
  numRuns: FC_RUNS ? Number(FC_RUNS) : times,
  seed: FC_SEED ? Number(FC_SEED) : 20_241_121,
});

/** For a search that is wider than that of a build; a run takes some 20 ms. */
export const longTimeout = FC_RUNS ? { timeout: 60_000 + Number(FC_RUNS) * 200 } : {};
