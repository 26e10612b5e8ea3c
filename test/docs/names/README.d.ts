import type {TencentChat} from '../../../src/sources/tencent.js';

export const chat: TencentChat;
