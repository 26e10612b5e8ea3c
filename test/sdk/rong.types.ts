/** The real module is what the source takes. */
import * as RongIMLib from '@rongcloud/imlib-next';
import {RongSource, type RongModule} from '../../src/sources/rong.js';

export function takes(): RongSource {
  const sdk: RongModule = RongIMLib;
  const types = [RongIMLib.ConversationType.PRIVATE, RongIMLib.ConversationType.GROUP];
  return new RongSource(sdk, {conversationTypes: types});
}
