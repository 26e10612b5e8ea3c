import {css} from 'lit';

/** The filters before and after their chips are there: as high as one line of these. */
export const filtersStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    font-family: var(--im-conversation-list-font-family, system-ui, sans-serif);
    font-size: var(--im-conversation-filters-font-size, 0.875rem);
    color: var(--im-conversation-list-color, CanvasText);
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  .toolbar {
    display: flex;
    align-items: flex-start;
    gap: 0.4rem;
    min-inline-size: 0;
  }

  /* One line: what does not fit falls to the next, out of sight, and into the menu. */
  .line {
    flex: 0 1 auto;
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    min-inline-size: 0;
    block-size: calc(1.9rem + 8px);
    margin: -4px;
    padding: 4px;
    box-sizing: border-box;
    overflow: hidden;
  }
`;
