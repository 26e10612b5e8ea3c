import type {OpenImSdk} from '../../../../src/sources/open-im.js';

interface Sdk extends OpenImSdk {
  login(options: {userID: string; token: string; platformID: number; apiAddr: string; wsAddr: string}): Promise<unknown>;
  logout(): Promise<unknown>;
}
export function getSDK(options: {coreWasmPath: string; sqlWasmPath: string}): Sdk;
