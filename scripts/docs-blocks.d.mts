import type {Block} from './docs/blocks.mjs';

export declare function checkBlocks(blocks: readonly Block[]): Promise<void>;
export declare function testBlocks(pages?: readonly {readonly path: string; readonly text: string}[]): Promise<{passed: number; failed: number}>;
