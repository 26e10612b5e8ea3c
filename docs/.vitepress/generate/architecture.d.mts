/** The rooms of `src`, and who imports whom. */
export interface House {
  readonly rooms: readonly {readonly name: string; readonly files: number; readonly lines: number}[];
  readonly imports: readonly {readonly from: string; readonly to: string; readonly count: number; readonly allowed: boolean}[];
}

/** Where the picture is kept. */
export declare const PICTURE: URL;

/** Draws the picture. */
export declare function generate(): Promise<void>;

/** Counts in the code. */
export declare function readHouse(): House;

/** Says from which house a picture is. */
export declare function markOf(house: House): string;
