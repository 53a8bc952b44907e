export { deposit, opened, said, unfit } from './commands.ts';
export { idAt, migrations, openSample, type Sample, type SampleOptions } from './store.ts';
export { type Account, account, type SampleState, type Transfer, tables, transfer } from './tables.ts';
