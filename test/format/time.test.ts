import assert from 'node:assert/strict';
import {afterEach, describe, it} from 'node:test';
import {dayKey, TimeTeller, untilMidnight} from '../../src/format/time.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Wednesday, 15 May 2024, 12:00 UTC. */
const NOW = Date.UTC(2024, 4, 15, 12);

interface Context {
  readonly lang?: string;
  readonly now?: number;
  readonly yesterday?: string;
  readonly zone?: string;
}

const machine = process.env['TZ'];
afterEach(() => setZone(machine));

/** Moves the machine to a time zone; `undefined`: back to where it is. */
function setZone(zone: string | undefined): void {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
}

function tell(at: unknown, {lang = 'en', now = NOW, yesterday = 'Yesterday', zone = 'UTC'}: Context = {}) {
  setZone(zone);
  return new TimeTeller(lang, now, yesterday).tell(at);
}

const label = (at: unknown, context?: Context) => tell(at, context)?.label;
/** Node's own data has a narrow space before AM and PM. */
const plain = (text: string | undefined) => text?.replace(/\s/g, ' ');

describe('TimeTeller', () => {
  it('tells today by the clock', () => {
    assert.equal(plain(label(NOW - 3 * HOUR)), '9:00 AM');
    assert.equal(plain(label(NOW + 11 * HOUR)), '11:00 PM');
    assert.equal(plain(label(Date.UTC(2024, 4, 15))), '12:00 AM');
    assert.equal(label(NOW, {lang: 'de'}), '12:00');
  });

  it('tells yesterday, then weekdays, then dates, then years', () => {
    assert.equal(label(NOW - DAY), 'Yesterday');
    assert.equal(label(Date.UTC(2024, 4, 14, 0, 0, 1)), 'Yesterday');
    assert.equal(label(Date.UTC(2024, 4, 13, 23, 59)), 'Mon');
    assert.equal(label(NOW - 6 * DAY), 'Thu');
    assert.equal(label(NOW - 7 * DAY), 'May 8');
    assert.equal(label(Date.UTC(2024, 0, 1)), 'Jan 1');
    assert.equal(label(Date.UTC(2023, 11, 31)), '12/31/2023');
    assert.equal(label(Date.UTC(2023, 11, 31), {lang: 'de'}), '31.12.2023');
  });

  it('changes what it says at midnight exactly', () => {
    const midnight = Date.UTC(2024, 4, 15);
    assert.equal(label(midnight - 1), 'Yesterday');
    assert.equal(plain(label(midnight)), '12:00 AM');
    assert.equal(label(midnight - DAY - 1), 'Mon');
    assert.equal(label(midnight - DAY), 'Yesterday');
    assert.equal(label(midnight - 6 * DAY - 1), 'May 8');
    assert.equal(label(midnight - 6 * DAY), 'Thu');
    assert.equal(plain(label(midnight + DAY - 1)), '11:59 PM');
    assert.equal(label(midnight + DAY), 'May 16');
  });

  it('across the turn of the year still says yesterday and the weekday', () => {
    const now = Date.UTC(2024, 0, 2, 12);
    assert.equal(label(Date.UTC(2024, 0, 1, 12), {now}), 'Yesterday');
    assert.equal(label(Date.UTC(2023, 11, 31, 12), {now}), 'Sun');
    assert.equal(label(Date.UTC(2023, 11, 20), {now}), '12/20/2023');
  });

  it('tells what is to come by its clock or date', () => {
    assert.equal(plain(label(NOW + HOUR)), '1:00 PM');
    assert.equal(label(NOW + DAY), 'May 16');
    assert.equal(label(NOW + 3 * DAY), 'May 18');
    assert.equal(label(NOW + 365 * DAY), '5/15/2025');
  });

  it('goes by the calendar of the machine’s zone, also when the machine has moved', () => {
    const at = Date.UTC(2024, 4, 14, 23);
    assert.equal(label(at), 'Yesterday');
    assert.equal(plain(label(at, {zone: 'Asia/Tokyo'})), '8:00 AM');
    assert.equal(label(at, {zone: 'America/Los_Angeles'}), 'Yesterday');
    assert.equal(label(Date.UTC(2024, 4, 15, 3), {zone: 'America/Los_Angeles'}), 'Yesterday');
    assert.equal(plain(label(Date.UTC(2024, 4, 14, 18, 30), {zone: 'Asia/Kathmandu'})), '12:15 AM');
    assert.equal(plain(label(NOW, {zone: 'Europe/Berlin'})), '2:00 PM');
    assert.equal(plain(label(NOW, {zone: 'UTC'})), '12:00 PM');
  });

  it('agrees with the calendar in 24 zones, every hour of the year and where clocks change', () => {
    const zones = [
      ...['Pacific/Kiritimati', 'Pacific/Apia', 'Pacific/Auckland', 'Pacific/Chatham', 'Australia/Lord_Howe', 'Asia/Tokyo'],
      ...['Australia/Eucla', 'Asia/Shanghai', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Tehran', 'Asia/Beirut'],
      ...['Africa/Cairo', 'Europe/Berlin', 'Europe/London', 'Atlantic/Azores', 'America/Nuuk', 'America/St_Johns'],
      ...['America/Santiago', 'America/Havana', 'America/New_York', 'America/Los_Angeles', 'Pacific/Marquesas', 'Pacific/Pago_Pago'],
    ];
    assert.equal(new Set(zones).size, 24);
    for (const zone of zones) {
      setZone(zone);
      // Sweden writes a date as 2024-05-15.
      const calendar = new Intl.DateTimeFormat('sv', {timeZone: zone});
      const day = (at: number) => Date.parse(calendar.format(at)) / DAY;
      for (let now = Date.UTC(2024, 0, 1, 0, 30); now < Date.UTC(2025, 0, 1); now += 37 * HOUR) {
        const teller = new TimeTeller('en', now, 'Yesterday');
        for (const ago of [0, 1, 11, 23, 24, 25, 47, 48, 49, 71, 143, 144, 145, 167, 168, 169, -1, -25]) {
          const at = now - ago * HOUR;
          const days = day(now) - day(at);
          const said = teller.tell(at)?.label ?? '';
          const kind = /:/.test(said) ? 'clock' : said === 'Yesterday' ? said : /^\p{L}+$/u.test(said) ? 'weekday' : 'date';
          const wanted = days === 0 ? 'clock' : days === 1 ? 'Yesterday' : days > 1 && days < 7 ? 'weekday' : 'date';
          assert.equal(kind, wanted, `${zone}: ${ago} h before ${new Date(now).toISOString()}: ${said}`);
        }
      }
    }
  });

  it('counts days, not hours, where the clock changes', () => {
    // In Berlin 31 March 2024 had 23 hours, 27 October 25.
    const berlin = {zone: 'Europe/Berlin', lang: 'de', yesterday: 'Gestern'};
    assert.equal(label(Date.UTC(2024, 2, 30, 23, 30), {...berlin, now: Date.UTC(2024, 2, 31, 21, 30)}), '0:30');
    assert.equal(label(Date.UTC(2024, 2, 30, 22, 30), {...berlin, now: Date.UTC(2024, 2, 31, 21, 30)}), 'Gestern');
    assert.equal(label(Date.UTC(2024, 9, 26, 22, 0), {...berlin, now: Date.UTC(2024, 9, 27, 22, 59)}), '0:00');
    assert.equal(label(Date.UTC(2024, 9, 26, 21, 59), {...berlin, now: Date.UTC(2024, 9, 27, 22, 59)}), 'Gestern');
  });

  it('has the moment in full and for machines', () => {
    const told = tell(NOW - 3 * DAY);
    assert.equal(told?.iso, '2024-05-12T12:00:00.000Z');
    assert.match(plain(told?.full) ?? '', /^Sunday, May 12, 2024 at 12:00 PM$/);
  });

  it('tells nothing of what is no time', () => {
    for (const at of [undefined, null, NaN, Infinity, -Infinity, 8.64e15 + 1, -1e20, '2024-05-15', new Date(), {}, 10n, true]) {
      assert.equal(tell(at), undefined);
    }
  });

  it('tells something of every time there is', () => {
    for (const zone of ['UTC', 'Asia/Tokyo', 'America/St_Johns', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      for (const at of [8.64e15, -8.64e15, 0, -0, 1, -1, -62_135_596_800_000, -62_200_000_000_000, 1.5, Number.MIN_VALUE]) {
        const told = tell(at, {zone});
        assert.ok(told, `${at} in ${zone}`);
        assert.doesNotMatch(`${told.label} ${told.full}`, /NaN|Invalid|undefined/);
      }
    }
  });

  it('takes any language, and the machine’s own for one that is none', () => {
    for (const lang of ['', 'zh-CN', 'ar', 'fa', 'th', 'he', 'en-US-u-ca-buddhist', 'sr-Latn', 'x', 'not a language', '💥']) {
      assert.notEqual(label(NOW - 9 * DAY, {lang}) ?? '', '');
    }
  });
});

describe('dayKey', () => {
  it('is another on another day, in another zone, and after a clock change; the same all day', () => {
    setZone('Europe/Berlin');
    const day = dayKey(NOW);
    assert.equal(dayKey(NOW + 9 * HOUR), day);
    assert.notEqual(dayKey(NOW + 10 * HOUR), day);
    setZone('Africa/Johannesburg');
    assert.notEqual(dayKey(NOW), day, 'the same offset, another zone');
  });
});

describe('untilMidnight', () => {
  it('ends at the next midnight of the zone, also where the clock changes', () => {
    for (const timeZone of ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe']) {
      setZone(timeZone);
      const clock = new Intl.DateTimeFormat('en-GB', {timeZone, hour: '2-digit', minute: '2-digit'});
      for (let i = 0; i < 400; i++) {
        const now = Date.UTC(2024, 0, 1) + i * 22 * HOUR + 12_345;
        const at = now + untilMidnight(now);
        assert.equal(clock.format(at), '00:00', `${timeZone} ${new Date(now).toISOString()}`);
        assert.ok(at > now && at - now <= DAY + HOUR);
      }
    }
  });

  it('is never at once, or the clock would spin', () => {
    setZone('UTC');
    const midnight = Date.UTC(2024, 4, 16);
    for (const before of [0, 1, 10, 400, 999]) assert.ok(untilMidnight(midnight - before) >= 1000);
  });
});
