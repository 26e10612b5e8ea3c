import type {TencentChat} from '../../../../src/sources/tencent.js';

declare const TencentCloudChat: {
  create(options: {SDKAppID: number}): TencentChat & {login(options: {userID: string; userSig: string}): Promise<unknown>};
};
export default TencentCloudChat;
