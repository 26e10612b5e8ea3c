import type {MentionKind, NotifyLevel} from '../../model/conversation.js';
import {SourceError} from '../../model/errors.js';
import {readOrderKey} from '../../model/validate.js';

/** The levels in the order of V2TIM's `recvOpt`. */
export const LEVELS: readonly NotifyLevel[] = ['all', 'off', 'silent', 'mentions'];

/** What the lowest four bits of a mark mean. */
const NAMES: readonly string[] = ['star', 'unread', 'fold', 'hide'];

/** The lowest bit, which is all that the service keeps of a mark, by its name or its number; 0 for what is no mark. */
export function bitOf(value: unknown): bigint {
  const index = NAMES.indexOf(value as string);
  if (index >= 0) return 1n << BigInt(index);
  // A power of two is exact in a number past 2^53 too.
  const bits = Number.isInteger(value) ? BigInt(value as number) : (readOrderKey(value) ?? 0n);
  return bits & -bits;
}

/** The names of marks: bits, each a number, a bigint or digits. */
export function marksOf(list: unknown): readonly string[] {
  const bits = new Set((Array.isArray(list) ? list : []).map(bitOf));
  bits.delete(0n);
  return Object.freeze(Array.from(bits, (bit) => NAMES.find((name) => bitOf(name) === bit) ?? String(bit)));
}

/**
 * The number of a mark.
 *
 * @throws SourceError `invalid-argument` for one that is neither named nor a decimal power of two below 2^64.
 */
export function markNumber(mark: string): number {
  const bit = bitOf(mark);
  if (bit > 0n && (NAMES.includes(mark) || String(bit) === mark)) return Number(bit);
  throw new SourceError('invalid-argument', `${mark} is no mark: star, unread, fold, hide, or one bit as a decimal`);
}

/** Whom messages mention, of their types: 1 me, 2 all, 3 both. */
export function mentionOf(types: readonly unknown[]): MentionKind | undefined {
  const bits = types.reduce<number>((sum, type) => sum | Number(type), 0);
  return ([undefined, 'me', 'all', 'both'] as const)[bits & 3];
}
