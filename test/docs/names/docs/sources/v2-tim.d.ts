import type {V2TimCalls, V2TimClient} from '../../../../../src/sources/v2-tim.js';

export const conversationManager: V2TimClient;
export const messageManager: V2TimCalls;
export const v2TIMManager: V2TimCalls;
