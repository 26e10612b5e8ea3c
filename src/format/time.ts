import {dateFormat} from './intl-cache.js';

/** The three forms of one time. */
export interface TimeText {
  /** Short, for the row: the clock today, "Yesterday", a weekday, a date, with the year where it differs. */
  readonly label: string;
  /** In full, for a title and for speech. Made when it is read: it costs as much as a row, and few are looked at. */
  readonly full: string;
  /** For `<time datetime>`. */
  readonly iso: string;
}

const SHAPES = {
  clock: {hour: 'numeric', minute: '2-digit'},
  weekday: {weekday: 'short'},
  day: {month: 'short', day: 'numeric'},
  date: {year: 'numeric', month: 'numeric', day: 'numeric'},
  full: {dateStyle: 'full', timeStyle: 'short'},
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Names the day and the machine's time zone with its offset: while it stays the same, times are told the same. */
export function dayKey(now: number): string {
  const date = new Date(now);
  return date.toDateString() + zoneOf(date);
}

/** Milliseconds from `now` to the machine's next midnight, at least 1 s. */
export function untilMidnight(now: number): number {
  return Math.max(1000, startOfDay(new Date(now), 1) - now);
}

/**
 * Tells times as they look from one day, in one language and in the machine's time zone.
 *
 * Holds the midnights of the last week, so that a row costs comparisons, not calendars; DST changes are in them. Good as
 * long as {@link dayKey} stays the same.
 */
export class TimeTeller {
  readonly #say: (shape: keyof typeof SHAPES, at: number) => string;
  readonly #yesterday: string;
  /** When tomorrow, today, yesterday and the sixth day before today begin, */
  readonly #days: readonly [tomorrow: number, today: number, yesterday: number, week: number];
  /** and when this year does and ends. */
  readonly #year: readonly [from: number, to: number];

  /**
   * @param lang - BCP 47 tag; '' for the browser's own
   * @param now - milliseconds since 1970
   * @param yesterday - the word for it
   */
  constructor(lang: string, now: number, yesterday: string) {
    const date = new Date(now);
    const zone = zoneOf(date);
    const year = date.getFullYear();
    const formats: {[shape in keyof typeof SHAPES]?: Intl.DateTimeFormat} = {};
    this.#say = (shape, at) => (formats[shape] ??= dateFormat(lang, zone, shape, SHAPES[shape])).format(at);
    this.#yesterday = yesterday;
    this.#days = [startOfDay(date, 1), startOfDay(date, 0), startOfDay(date, -1), startOfDay(date, -6)];
    this.#year = [new Date(year, 0, 1).getTime(), new Date(year + 1, 0, 1).getTime()];
  }

  /** Tells a time, or `undefined` for what is no time. A time to come is told by its clock or date, never as negative. */
  tell(at: unknown): TimeText | undefined {
    if (typeof at !== 'number' || !(Math.abs(at) <= 8.64e15)) return undefined;
    const say = this.#say;
    return {
      label: this.#label(at),
      iso: new Date(at).toISOString(),
      get full() {
        return say('full', at);
      },
    };
  }

  #label(at: number): string {
    const [tomorrow, today, yesterday, week] = this.#days;
    if (at >= week && at < tomorrow) {
      if (at >= today) return this.#say('clock', at);
      return at >= yesterday ? this.#yesterday : this.#say('weekday', at);
    }
    const [from, to] = this.#year;
    return this.#say(at >= from && at < to ? 'day' : 'date', at);
  }
}

/** By the calendar: a day may have 23 or 25 hours, or begin at one o'clock. */
function startOfDay(date: Date, days: number): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** Such as `GMT+0200 (Central European Summer Time)`. */
function zoneOf(date: Date): string {
  return date.toTimeString().slice(9);
}
