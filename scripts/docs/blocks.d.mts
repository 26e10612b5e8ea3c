export interface Block {
  readonly page: string;
  readonly line: number;
  readonly lang: string;
  readonly problems: readonly {readonly line: number; readonly message: string}[];
}

export declare function blocksOf(page: {readonly path: string; readonly text: string}): Block[];
export declare function readPages(): {readonly path: string; readonly text: string}[];
