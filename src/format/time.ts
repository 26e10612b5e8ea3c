import {dateFormat} from './intl-cache.js';

/** What a time needs to be told: whose words, and which now. */
export interface TimeContext {
  /** BCP 47 tag; '' for the browser's own. */
  readonly lang: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly yesterday: string;
  /** IANA name; the browser's own if absent. */
  readonly timeZone?: string;
}

/** The three forms of one time. */
export interface TimeText {
  /** Short, for the row: the clock today, "Yesterday", a weekday, a date, with the year where it differs. */
  readonly label: string;
  /** In full, for a title and for speech. */
  readonly full: string;
  /** For `<time datetime>`. */
  readonly iso: string;
}

const DAY = 86_400_000;

/** Tells a time, or `undefined` for what is no time. A time to come is told by its clock or date, never as negative. */
export function formatTime(at: unknown, context: TimeContext): TimeText | undefined {
  if (typeof at !== 'number' || !(Math.abs(at) <= 8.64e15)) return undefined;
  const {lang, now, timeZone} = context;
  const zone: Intl.DateTimeFormatOptions = timeZone === undefined ? {} : {timeZone};
  const say = (options: Intl.DateTimeFormatOptions) => dateFormat(lang, {...options, ...zone}).format(at);
  const days = dayNumber(now, zone) - dayNumber(at, zone);
  let label: string;
  if (days === 0) label = say({hour: 'numeric', minute: '2-digit'});
  else if (days === 1) label = context.yesterday;
  else if (days > 1 && days < 7) label = say({weekday: 'short'});
  else if (sameYear(at, now, zone)) label = say({month: 'short', day: 'numeric'});
  else label = say({year: 'numeric', month: 'numeric', day: 'numeric'});
  return {label, full: say({dateStyle: 'full', timeStyle: 'short'}), iso: new Date(at).toISOString()};
}

/** Milliseconds from `now` to the next midnight of the zone, at least 1 s, at most a day and an hour (clock changes). */
export function untilMidnight(now: number, timeZone?: string): number {
  const zone: Intl.DateTimeFormatOptions = timeZone === undefined ? {} : {timeZone};
  const today = dayNumber(now, zone);
  let low = 0;
  let high = DAY + 3_600_000;
  while (high - low > 500) {
    const middle = (low + high) / 2;
    if (dayNumber(now + middle, zone) > today) high = middle;
    else low = middle;
  }
  return Math.max(1000, Math.ceil(high));
}

/** Counts calendar days of the zone; only differences mean anything. */
function dayNumber(at: number, zone: Intl.DateTimeFormatOptions): number {
  const {year, month, day} = calendar(at, zone);
  return Math.round(Date.UTC(year, month - 1, day) / DAY);
}

function sameYear(a: number, b: number, zone: Intl.DateTimeFormatOptions): boolean {
  return calendar(a, zone).year === calendar(b, zone).year;
}

function calendar(at: number, zone: Intl.DateTimeFormatOptions): {year: number; month: number; day: number} {
  if (zone.timeZone === undefined) {
    const date = new Date(at);
    return {year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate()};
  }
  // A fixed language and calendar, so that the parts are plain numbers.
  const parts = dateFormat('en-u-ca-iso8601', {year: 'numeric', month: 'numeric', day: 'numeric', ...zone}).formatToParts(at);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return {year: part('year'), month: part('month'), day: part('day')};
}
