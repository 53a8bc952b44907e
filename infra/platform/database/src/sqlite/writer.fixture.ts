import { deposit, openSample } from '@airline/testing/sample';

/** A process of its own that writes until it is killed, and prints each account's id once it is acknowledged. */
const { store } = openSample({ file: process.argv[2] ?? '' });
for (let batch = 0; ; batch += 1) {
  const ids = Array.from({ length: 5 }, (_, index) => `${batch}-${index}`);
  const acknowledged = ids.map(async (id) => {
    await store.transact(deposit(id, 1));
    process.stdout.write(`${id}\n`);
  });
  await Promise.all(acknowledged);
}
