import { hostileClients } from './hostile.contract.ts';

hostileClients(50);
