import type {getSDK} from '@openim/wasm-client-sdk';
import {OpenImSource, type OpenImSdk} from '../../src/sources/open-im.js';

/** The SDK's own types fit what the source takes. */
export function fits(openIm: ReturnType<typeof getSDK>): OpenImSource {
  const sdk: OpenImSdk = openIm;
  return new OpenImSource(sdk);
}
