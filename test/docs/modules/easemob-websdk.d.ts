import type {EasemobConnection, EasemobMessage} from '../../../src/sources/easemob.js';

interface Connection extends EasemobConnection {
  open(options: {user: string; accessToken: string}): Promise<unknown>;
  send(message: EasemobMessage): Promise<{message?: EasemobMessage}>;
}
declare const EasemobChat: {
  connection: new (options: {appKey: string}) => Connection;
  message: {create(options: {type: 'txt'; chatType: 'singleChat' | 'groupChat'; to: string; msg: string}): EasemobMessage};
};
export default EasemobChat;
