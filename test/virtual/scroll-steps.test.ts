import {expect} from '@open-wc/testing';
import {MAX_SIZE, ScrollRange} from '../../src/virtual/scroll-range.js';

const VIEWPORT = 800;
const ROW = 72;

/** A range of so many rows of 72 px, seen through 800 px. */
function rangeOf(rows: number): ScrollRange {
  const range = new ScrollRange();
  range.resize(VIEWPORT, rows * ROW);
  return range;
}

/** The browser scrolls by so many px, as far as its own range goes. */
function wheel(range: ScrollRange, by: number): void {
  range.scrollTo(Math.min(range.endTop, Math.max(0, range.top + by)));
}

describe('ScrollRange', () => {
  describe('of a list that fits', () => {
    it('is the browser’s own, to the pixel', () => {
      const range = rangeOf(100_000);
      expect(range.size).to.equal(7_200_000);
      for (const top of [0, 1, 799.5, 123_456, range.endTop]) {
        expect(range.scrollTo(top)).to.equal(top);
        expect(range.position).to.equal(top);
        expect(range.offset).to.equal(0);
      }
    });

    it('goes where it is sent, and no further than its ends', () => {
      const range = rangeOf(100);
      expect(range.moveTo(500)).to.equal(500);
      expect(range.moveTo(-5)).to.equal(0);
      expect(range.moveTo(1e9)).to.equal(range.end);
      expect(range.end).to.equal(100 * ROW - VIEWPORT);
    });

    it('keeps its place when it grows, and its end when it shrinks past it', () => {
      const range = rangeOf(100);
      range.scrollTo(3000);
      range.resize(VIEWPORT, 200 * ROW);
      expect(range.position).to.equal(3000);
      range.resize(VIEWPORT, 20 * ROW);
      expect(range.position).to.equal(20 * ROW - VIEWPORT);
      range.resize(VIEWPORT, 2 * ROW);
      expect([range.position, range.top]).to.deep.equal([0, 0]);
    });

    it('leaves overscroll to the browser', () => {
      const range = rangeOf(100);
      expect(range.scrollTo(-30)).to.equal(-30);
      expect(range.position).to.equal(0);
    });

    it('shifts with what is read', () => {
      const range = rangeOf(100);
      range.scrollTo(1000);
      expect(range.shift(3 * ROW)).to.equal(1000 + 3 * ROW);
      expect(range.shift(-1e6)).to.equal(0);
    });
  });

  describe('of 1,000,000 rows', () => {
    it('hands the browser what it can take', () => {
      const range = rangeOf(1_000_000);
      expect(range.size).to.equal(MAX_SIZE);
      expect(MAX_SIZE).to.be.below(8_200_000);
      expect(range.end).to.equal(1_000_000 * ROW - VIEWPORT);
    });

    it('takes wheel steps to the pixel, anywhere and in both directions', () => {
      const range = rangeOf(1_000_000);
      for (const start of [0, 5000, 1e6, 36e6, 71e6, range.end]) {
        range.moveTo(start);
        for (const step of [1, 40, 120, 799, 3000, -1, -40, -120, -799, -3000]) {
          for (let i = 0; i < 20; i++) {
            const before = range.position;
            wheel(range, step);
            const expected = Math.min(range.end, Math.max(0, before + step));
            expect(range.position, `${step} at ${before}`).to.be.closeTo(expected, 1e-6);
          }
        }
      }
    });

    it('takes wheel steps to the pixel up to the very ends', () => {
      const range = rangeOf(1_000_000);
      for (const step of [40, 120, 800, 3000, 6000]) {
        for (const from of [900, 20_000, 90_000, 250_000]) {
          range.moveTo(from);
          for (let left = from; left > 0; left -= step) {
            wheel(range, -step);
            expect(range.position, `${step} from ${from}`).to.be.closeTo(Math.max(0, left - step), 1e-6);
          }
          range.moveTo(range.end - from);
          for (let left = from; left > 0; left -= step) {
            wheel(range, step);
            expect(range.end - range.position, `${step} to ${from}`).to.be.closeTo(Math.max(0, left - step), 1e-6);
          }
        }
      }
    });

    it('stands near an end as far from it as the browser does', () => {
      const range = rangeOf(1_000_000);
      for (const away of [0, 1, 500, 3000]) {
        expect(range.moveTo(away)).to.equal(away);
        expect(range.endTop - range.moveTo(range.end - away)).to.equal(away);
      }
    });

    it('reaches both ends, by steps and by the thumb', () => {
      const range = rangeOf(1_000_000);
      range.scrollTo(range.endTop);
      expect(range.position).to.equal(range.end);
      range.scrollTo(0);
      expect(range.position).to.equal(0);
      range.moveTo(range.end - 50_000);
      for (let i = 0; i < 100; i++) wheel(range, 1000);
      expect(range.position).to.equal(range.end);
      expect(range.top).to.be.closeTo(range.endTop, 1);
      range.moveTo(50_000);
      for (let i = 0; i < 100; i++) wheel(range, -1000);
      expect([range.position, range.top]).to.deep.equal([0, 0]);
    });

    it('never meets a false end on the way, however one scrolls', () => {
      const range = rangeOf(1_000_000);
      let seed = 7;
      const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
      for (let i = 0; i < 20_000; i++) {
        const kind = random();
        if (kind < 0.001) range.scrollTo(random() * range.endTop, true);
        else if (kind < 0.002) range.moveTo(random() * range.end);
        else wheel(range, (random() - 0.5) * 6000);
        expect(range.position).to.be.within(0, range.end);
        expect(range.top).to.be.within(0, range.endTop);
        if (range.top <= 0) expect(range.position).to.equal(0);
        if (range.top >= range.endTop) expect(range.position).to.be.closeTo(range.end, 1);
      }
    });

    it('follows the thumb in proportion, however small the move', () => {
      const range = rangeOf(1_000_000);
      for (const part of [0.25, 0.5, 0.5001, 0.75]) {
        range.scrollTo(range.endTop * part, true);
        expect(range.position / range.end).to.be.closeTo(part, 0.01);
      }
    });

    it('brings every row into the viewport', () => {
      const range = rangeOf(1_000_000);
      for (let row = 0; row < 1_000_000; row += 997) {
        range.moveTo(row * ROW);
        const at = Math.floor(range.position / ROW);
        expect(row - at).to.be.within(0, Math.ceil(VIEWPORT / ROW));
        // Where it is drawn, the browser can show it.
        const y = row * ROW - range.offset;
        expect(y).to.be.within(range.top - 1e-6, range.top + VIEWPORT);
        expect(y + ROW).to.be.at.most(range.size + 1e-6);
      }
    });

    it('keeps what is read in place when rows come or go above it', () => {
      const range = rangeOf(1_000_000);
      range.moveTo(30e6);
      for (const rows of [1, -3, 500]) {
        const {position, offset, top} = range;
        range.resize(VIEWPORT, (1_000_000 + rows) * ROW);
        range.shift(position + rows * ROW - range.position);
        expect(range.position).to.be.closeTo(position + rows * ROW, 1e-3);
        // On the screen: the row's place less the browser's position.
        expect(position + rows * ROW - range.offset - range.top).to.be.closeTo(position - offset - top, 1e-3);
        range.resize(VIEWPORT, 1_000_000 * ROW);
        range.moveTo(30e6);
      }
    });

    it('becomes a plain one when the list shrinks, and back, at the same place', () => {
      const range = rangeOf(1_000_000);
      range.moveTo(2e6);
      range.resize(VIEWPORT, 50_000 * ROW);
      expect([range.position, range.top]).to.deep.equal([2e6, 2e6]);
      range.resize(VIEWPORT, 1_000_000 * ROW);
      expect(range.position).to.equal(2e6);
    });
  });

  it('has no place while nothing is there or nothing is displayed', () => {
    const range = new ScrollRange();
    expect([range.size, range.end, range.endTop, range.offset, range.position]).to.deep.equal([0, 0, 0, 0, 0]);
    range.resize(0, 7200);
    expect(range.scrollTo(0)).to.equal(0);
    range.resize(VIEWPORT, 0);
    expect(range.moveTo(500)).to.equal(0);
  });
});
