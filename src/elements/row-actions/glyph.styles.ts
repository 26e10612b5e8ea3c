import {css} from 'lit';

/** The outlines of `icons`, and what an app gives in their place. */
export const glyphStyles = css`
  .glyph {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
    pointer-events: none;
  }

  .glyph-more {
    stroke-width: 2.2;
  }

  .glyph-text {
    inline-size: auto;
    block-size: auto;
    line-height: 1;
  }

  .glyph-next:dir(rtl),
  .glyph-back:dir(rtl) {
    transform: scaleX(-1);
  }
`;
