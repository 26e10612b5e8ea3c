/** What a list must show of a conversation. */
export interface ExpectedRow {
  readonly id: string;
  /** As it is drawn. */
  readonly title: string;
  /** As it is held. */
  readonly rawTitle: string;
  /** As it is drawn. */
  readonly preview: string;
  /** As it is held. */
  readonly text: string;
  /** Milliseconds. */
  readonly sentAt: number;
}

/** A row that was read from the document. */
export interface DrawnRow {
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly preview: string;
  readonly time: string;
}

/** A row of the list's snapshot. */
export interface HeldRow {
  readonly id: string;
  readonly title: string;
  readonly text?: string | undefined;
  readonly sentAt?: number | undefined;
}

/** Place by place: how many differ, and how the first of them do. */
export function compareRows(
  expected: readonly ExpectedRow[],
  drawn: readonly (DrawnRow | null)[],
  held: readonly HeldRow[],
): {readonly mismatches: number; readonly described: readonly string[]};

/** How many rows are there more than ids. */
export function countRepeated(rows: readonly ({readonly id: string} | null)[]): number;
