import { type FindOptions, findCustomer } from './find.ts';

const ERASE = `mutation EraseCustomer($input: EraseCustomerInput!) {
  erased: eraseCustomer(input: $input) { erasedAt reason steps }
}`;

interface Erased {
  readonly erased: { readonly erasedAt: string; readonly reason: string; readonly steps: number };
}

/**
 * Erases what no law keeps of a customer, and prints what is left.
 *
 * @throws StartError when the graph is unavailable or refuses
 */
export async function eraseCustomer(options: FindOptions & { readonly reason: string }): Promise<void> {
  const { graph, customerId, reason, print } = options;
  const { erased } = await graph<Erased>(ERASE, { input: { customerId, reason } });
  print(`erased since ${erased.erasedAt} (${erased.reason}): the info`);
  print(`${erased.steps} steps of histories no longer say whose they are`);
  print('What is left:');
  await findCustomer(options);
}
