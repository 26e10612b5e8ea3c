import type {RongModule} from '../../../../src/sources/rong.js';

declare const sdk: RongModule & {
  init(options: {appkey: string}): void;
  connect(token: string): Promise<unknown>;
};
export = sdk;
