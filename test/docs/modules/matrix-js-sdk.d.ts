import type {MatrixSdkClient} from '../../../src/sources/matrix.js';

export enum PendingEventOrdering {
  Chronological = 'chronological',
  Detached = 'detached',
}
interface Client extends MatrixSdkClient {
  startClient(options?: {pendingEventOrdering?: PendingEventOrdering}): Promise<void>;
}
export function createClient(options: {baseUrl: string; accessToken: string; userId: string}): Client;
