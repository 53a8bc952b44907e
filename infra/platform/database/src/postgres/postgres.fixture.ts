import { type PostgresServer, startPostgresServer } from '@airline/testing';
import { openPostgresSample, type PostgresSample, type PostgresSampleOptions } from '@airline/testing/sample';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/** A private PostgreSQL for a test file, with a database for each test. */
export function usePostgres(...settings: string[]) {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgresServer(...settings);
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const running = (): PostgresServer => {
    if (!server) throw new Error('PostgreSQL is started before all tests.');
    return server;
  };

  return {
    server: running,
    createDatabase: () => running().createDatabase(),
    query: (url: string, text: string, values?: readonly unknown[]) => running().query(url, text, values),

    /** The sample service's store on a database, closed after the test. */
    open: async (url: string, options: Omit<PostgresSampleOptions, 'url'> = {}): Promise<PostgresSample> => {
      const sample = await openPostgresSample({ ...options, url });
      onTestFinished(() => sample[Symbol.asyncDispose]());
      return sample;
    },
  };
}
