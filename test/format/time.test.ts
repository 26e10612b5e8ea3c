import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {formatTime, untilMidnight, type TimeContext} from '../../src/format/time.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Wednesday, 15 May 2024, 12:00 UTC. */
const NOW = Date.UTC(2024, 4, 15, 12);

const inUtc: TimeContext = {lang: 'en', now: NOW, yesterday: 'Yesterday', timeZone: 'UTC'};
const label = (at: unknown, context: Partial<TimeContext> = {}) => formatTime(at, {...inUtc, ...context})?.label;
/** Node's own data has a narrow space before AM and PM. */
const plain = (text: string | undefined) => text?.replace(/\s/g, ' ');

describe('formatTime', () => {
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

  it('goes by the calendar of its zone', () => {
    const at = Date.UTC(2024, 4, 14, 23);
    assert.equal(label(at), 'Yesterday');
    assert.equal(plain(label(at, {timeZone: 'Asia/Tokyo'})), '8:00 AM');
    assert.equal(label(at, {timeZone: 'America/Los_Angeles'}), 'Yesterday');
    assert.equal(plain(label(Date.UTC(2024, 4, 15, 3), {timeZone: 'America/Los_Angeles'})), 'Yesterday');
    assert.equal(plain(label(Date.UTC(2024, 4, 14, 18, 30), {timeZone: 'Asia/Kathmandu'})), '12:15 AM');
  });

  it('counts days, not hours, where the clock changes', () => {
    // In Berlin 31 March 2024 had 23 hours, 27 October 25.
    const berlin = {timeZone: 'Europe/Berlin', lang: 'de', yesterday: 'Gestern'};
    assert.equal(label(Date.UTC(2024, 2, 30, 23, 30), {...berlin, now: Date.UTC(2024, 2, 31, 21, 30)}), '0:30');
    assert.equal(label(Date.UTC(2024, 2, 30, 22, 30), {...berlin, now: Date.UTC(2024, 2, 31, 21, 30)}), 'Gestern');
    assert.equal(label(Date.UTC(2024, 9, 26, 22, 0), {...berlin, now: Date.UTC(2024, 9, 27, 22, 59)}), '0:00');
    assert.equal(label(Date.UTC(2024, 9, 26, 21, 59), {...berlin, now: Date.UTC(2024, 9, 27, 22, 59)}), 'Gestern');
    for (let day = 0; day < 400; day++) {
      const now = Date.UTC(2024, 0, 1, 11) + day * DAY;
      assert.equal(label(now - DAY, {...berlin, now}), 'Gestern');
    }
  });

  it('has the moment in full and for machines', () => {
    const told = formatTime(NOW - 3 * DAY, inUtc);
    assert.equal(told?.iso, '2024-05-12T12:00:00.000Z');
    assert.match(plain(told?.full) ?? '', /^Sunday, May 12, 2024 at 12:00 PM$/);
  });

  it('tells nothing of what is no time', () => {
    for (const at of [undefined, null, NaN, Infinity, -Infinity, 8.64e15 + 1, -1e20, '2024-05-15', new Date(), {}, 10n, true]) {
      assert.equal(formatTime(at, inUtc), undefined);
    }
  });

  it('tells something of every time there is', () => {
    const zones = ['UTC', 'Asia/Tokyo', 'America/St_Johns', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    for (const timeZone of [...zones, undefined]) {
      for (const at of [8.64e15, -8.64e15, 0, -0, 1, -1, -62_135_596_800_000, -62_200_000_000_000, 1.5, Number.MIN_VALUE]) {
        const context = {lang: 'en', now: NOW, yesterday: 'Y', ...(timeZone !== undefined && {timeZone})};
        const told = formatTime(at, context);
        assert.ok(told, `${at} in ${timeZone}`);
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

describe('untilMidnight', () => {
  it('ends at the next midnight of the zone, also where the clock changes', () => {
    for (const timeZone of ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe']) {
      const clock = new Intl.DateTimeFormat('en-GB', {timeZone, hour: '2-digit', minute: '2-digit'});
      for (let i = 0; i < 400; i++) {
        const now = Date.UTC(2024, 0, 1) + i * 22 * HOUR + 12_345;
        const at = now + untilMidnight(now, timeZone);
        assert.equal(clock.format(at + 500), '00:00', `${timeZone} ${new Date(now).toISOString()}`);
        assert.ok(at > now && at - now <= DAY + HOUR + 1000);
      }
    }
  });

  it('is never at once, or the clock would spin', () => {
    const midnight = Date.UTC(2024, 4, 16);
    for (const before of [0, 1, 10, 400, 999]) assert.ok(untilMidnight(midnight - before, 'UTC') >= 1000);
  });
});
