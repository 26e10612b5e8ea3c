import type {MatrixClient} from 'matrix-js-sdk';
import {MatrixSource, type MatrixSdkClient} from '../../src/sources/matrix.js';

/** The SDK's own client is what the source takes. */
export function takes(client: MatrixClient): MatrixSource {
  const port: MatrixSdkClient = client;
  return new MatrixSource(port, {timeoutMs: 5000});
}

// @ts-expect-error without a token
export const takesHalf = (): MatrixSource => new MatrixSource({homeserver: 'https://matrix.example.org'});
