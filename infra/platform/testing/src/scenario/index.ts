export { eachAgain, everyOrder } from './every-order.ts';
export { happened } from './happened.ts';
export { type RowsOf, type Scenario, scenarios } from './scenario.ts';
