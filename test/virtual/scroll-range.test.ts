import {expect} from '@open-wc/testing';
import {MAX_SIZE, ScrollRange} from '../../src/virtual/scroll-range.js';

const TOTAL = 72_000_000;
const VIEWPORT = 800;

function range(total = TOTAL, viewport = VIEWPORT): ScrollRange {
  const made = new ScrollRange();
  made.resize(viewport, total);
  return made;
}

describe('ScrollRange', () => {
  it('is the browser’s own below its limit', () => {
    const small = range(64_000);
    for (const top of [0, 1, 999.5, 63_200]) {
      small.scrollTo(top);
      expect([small.position, small.offset, small.top, small.size]).to.deep.equal([top, 0, top, 64_000]);
    }
    expect(small.scrollTo(-40), 'overscroll stays the browser’s').to.equal(-40);
    expect(small.position).to.equal(0);
    small.moveTo(1e9);
    expect(small.position).to.equal(63_200);
  });

  it('follows a list that shrinks and grows', () => {
    const small = range(64_000);
    small.moveTo(60_000);
    small.resize(VIEWPORT, 10_000);
    expect([small.position, small.top]).to.deep.equal([9_200, 9_200]);
    small.resize(VIEWPORT, 100);
    expect([small.position, small.top]).to.deep.equal([0, 0]);
    const grown = range(10_000);
    grown.moveTo(5_000);
    grown.resize(VIEWPORT, TOTAL);
    expect(grown.position).to.equal(5_000);
    expect(grown.size).to.equal(MAX_SIZE);
    grown.resize(VIEWPORT, 10_000);
    expect([grown.position, grown.offset]).to.deep.equal([5_000, 0]);
  });

  it('reaches both ends by the thumb, and everything between by proportion', () => {
    const big = range();
    big.scrollTo(big.endTop, true);
    expect(big.position).to.equal(big.end);
    big.scrollTo(0, true);
    expect(big.position).to.equal(0);
    for (let i = 1; i < 100; i++) {
      big.scrollTo((big.endTop * i) / 100, true);
      expect(big.position / big.end).to.be.closeTo(i / 100, 0.001);
    }
  });

  it('moves by exact pixels for a wheel or a finger, from anywhere to either end', () => {
    for (const start of [0.001, 0.2, 0.5, 0.9, 0.9999]) {
      for (const step of [1, -1, 120, -120, 3000, -3000]) {
        const big = range();
        big.moveTo(big.end * start);
        let expected = big.position;
        for (let i = 0; i < 2000; i++) {
          const asked = big.top + step;
          // The browser stops at its ends; by then the list must have come to its own.
          const top = Math.min(big.endTop, Math.max(0, asked));
          if (top !== asked && big.position !== 0 && big.position !== big.end) {
            const rest = step > 0 ? big.end - big.position : big.position;
            expect(rest, `${start} ${step}: a false end`).to.be.at.most(Math.abs(step));
          }
          big.scrollTo(top);
          expected = Math.min(big.end, Math.max(0, expected + step));
          expect(big.position, `${start} ${step} ${i}`).to.be.closeTo(expected, Math.abs(step) + 0.01);
        }
      }
    }
  });

  it('shifts with what is read, without scrolling where it can', () => {
    const big = range();
    big.moveTo(30_000_000);
    const {top} = big;
    big.shift(72);
    expect([big.position, big.top]).to.deep.equal([30_000_072, top]);
    const small = range(64_000);
    small.moveTo(1000);
    small.shift(-64);
    expect([small.position, small.top]).to.deep.equal([936, 936]);
  });

  it('never leaves its bounds, whatever happens to it', () => {
    let seed = 5;
    const random = () => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32);
    const any = range();
    for (let i = 0; i < 20_000; i++) {
      const kind = random();
      if (kind < 0.1) any.resize(random() * 2000, random() ** 4 * 1e8);
      else if (kind < 0.3) any.shift((random() - 0.5) * 1e5);
      else if (kind < 0.4) any.moveTo(random() * 1e8);
      else any.scrollTo(Math.min(any.endTop, Math.max(0, any.top + (random() - 0.5) * 10 ** (random() * 7))), random() < 0.2);
      expect(any.position).to.be.within(0, any.end);
      expect(any.top).to.be.within(-0.01, any.endTop + 2);
      expect(any.position - any.offset, 'what is read is where the browser looks').to.be.closeTo(any.top, 2.01);
    }
  });
});
