import type {NimSdk} from '../../../../../../src/sources/nim.js';

declare class Service {
  private readonly service: true;
}
export class V2NIMConversationService extends Service {}
export class V2NIMSettingService extends Service {}

interface Nim extends NimSdk {
  readonly V2NIMLoginService: NimSdk['V2NIMLoginService'] & {login(account: string, token: string): Promise<void>};
}
export const NIM: {
  registerService(service: typeof Service, name: string): void;
  getInstance(options: {appkey: string; apiVersion: 'v2'}): Nim;
};
