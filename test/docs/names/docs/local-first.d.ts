import type {LastMessage} from '../../../../src/index.js';
import type {MemorySource} from '../../../../src/sources/memory.js';

export class MyServerSource extends MemorySource {}
export const user: {readonly id: string};
export const myServer: {send(message: LastMessage): Promise<void>};
