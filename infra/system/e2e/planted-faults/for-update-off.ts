import * as database from '@airline/database';

export * from '@airline/database';

/** Two replicas decide on the same row at once. */
export const openPostgres: typeof database.openPostgres = async (options) => {
  const postgres = await database.openPostgres(options);
  return {
    ...postgres,
    session: (work) =>
      postgres.session(({ send }) =>
        work({
          send: (statement, values) => {
            const text = statement.text.replace(/ for update$/, '');
            return send(text === statement.text ? statement : { text }, values);
          },
        }),
      ),
  };
};
