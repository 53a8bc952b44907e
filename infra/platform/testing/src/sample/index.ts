export { deposit, opened, said, unfit } from './commands.ts';
export { openPostgresSample, type PostgresSample, type PostgresSampleOptions } from './postgres.ts';
export { idAt, migrations, openSample, type Sample, type SampleOptions } from './store.ts';
export { type Account, account, type SampleState, type Transfer, tables, transfer } from './tables.ts';
