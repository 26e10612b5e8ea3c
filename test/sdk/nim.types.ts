import type {V2NIM} from 'nim-web-sdk-ng/dist/v2/NIM_BROWSER_SDK';
import {NimSource, type NimSdk} from '../../src/sources/nim.js';

/** The SDK's own types fit what the source takes. */
export function fits(nim: V2NIM): readonly NimSource[] {
  const sdk: NimSdk = nim;
  return [new NimSource(sdk), new NimSource(nim, {local: true})];
}
