import {css} from 'lit';
import {glyphStyles} from './glyph.styles.js';

/** What is needed once a person is about to act: a row's buttons, its menu, what a swipe shows, and failures. */
export const rowActionStyles = css`
  .actions {
    position: absolute;
    /* Inside the ring of a row with focus. */
    inset-block: 2px;
    inset-inline-end: 2px;
    display: flex;
    align-items: center;
    gap: 0.125rem;
    padding-inline: 1.25rem 0.5rem;
    pointer-events: none;
    /* Over the end of what is below it, which fades. */
    background: linear-gradient(to right, transparent, var(--_under) 1.25rem);
    --_under: var(--im-conversation-list-background, Canvas);
  }

  .actions:dir(rtl) {
    background: linear-gradient(to left, transparent, var(--_under) 1.25rem);
  }

  .row.is-selected .actions,
  .row.is-checked .actions {
    --_under: var(--_selected);
  }

  @media (hover: hover) {
    .row:not(.is-selected, .is-checked):hover .actions {
      --_under: var(--_hover);
    }
  }

  .action {
    pointer-events: auto;
    display: grid;
    place-items: center;
    inline-size: 1.875rem;
    block-size: 1.875rem;
    min-inline-size: 24px;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    color: var(--im-conversation-list-color, CanvasText);
  }

  .action:hover,
  .action[aria-expanded='true'] {
    background: var(--_line);
  }

  .action:focus-visible {
    outline-offset: -2px;
  }

  /* Room of its own where it always stands: nothing is hidden below it. */
  .rows.touch .cell {
    padding-inline-end: 2.75rem;
  }

  .rows.touch .actions {
    padding-inline: 0.25rem;
    background: none;
  }

  .rows.touch .actions .action:not([part~='more']) {
    display: none;
  }

  .rows.touch .action {
    inline-size: 2.25rem;
    block-size: 2.25rem;
  }

  .rows.swipes .row {
    touch-action: pan-y pinch-zoom;
    -webkit-touch-callout: none;
  }

  ${glyphStyles}

  .menu {
    position: fixed;
    inset: auto;
    z-index: 3;
    box-sizing: border-box;
    min-inline-size: 12rem;
    max-inline-size: min(22rem, calc(100vw - 1rem));
    margin: 0;
    padding: 0.35rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_line);
    border-radius: 0.6rem;
    background: var(--im-conversation-list-menu-background, var(--im-conversation-list-background, Canvas));
    color: var(--im-conversation-list-color, CanvasText);
    font-size: 0.95em;
    box-shadow: 0 4px 20px rgb(0 0 0 / 0.28);
    user-select: none;
    -webkit-user-select: none;
  }

  .menu-anchor {
    position: absolute;
    anchor-name: --im-menu;
    pointer-events: none;
  }

  .menu.anchored {
    position-anchor: --im-menu;
    position-area: self-block-end span-self-inline-start;
    position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline;
    position-visibility: always;
  }

  .menu.anchored.at-point {
    position-area: self-block-end span-self-inline-end;
  }

  .menu.inside {
    position: absolute;
    max-inline-size: calc(100% - 1rem);
  }

  .menu-item {
    display: flex;
    align-items: center;
    gap: 0.65rem;
    min-block-size: 2rem;
    padding: 0.2rem 0.65rem;
    border-radius: 0.35rem;
    outline: none;
    cursor: default;
  }

  @media (pointer: coarse) {
    .menu-item {
      min-block-size: 2.75rem;
    }
  }

  .menu-item:focus {
    background: var(--_hover);
  }

  .menu-item:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .menu-item[aria-disabled='true'] {
    color: GrayText;
  }

  .menu-item.danger,
  .answer.danger {
    color: var(--_danger);
  }

  .menu-item.back {
    font-weight: 600;
  }

  .menu-item .menu-label {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .mark {
    display: grid;
    flex: none;
    inline-size: 1.125rem;
  }

  .menu-separator {
    block-size: 1px;
    margin: 0.3rem 0.65rem;
    background: var(--_line);
  }

  .question {
    inline-size: 18rem;
    max-inline-size: 100%;
    box-sizing: border-box;
    padding: 0.65rem;
  }

  .question p {
    margin: 0 0 0.65rem;
    overflow-wrap: anywhere;
  }

  .about {
    font-weight: 600;
  }

  /* Some names are longer than anything that is to be said of them. */
  .question .about,
  .failure .detail {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.5rem;
  }

  .tray {
    position: absolute;
    inset-block: 0;
    display: none;
    align-items: stretch;
  }

  .tray.at-start {
    inset-inline-start: 0;
  }

  .tray.at-end {
    inset-inline-end: 0;
  }

  .row[data-swipe$='start'] .tray.at-start,
  .row[data-swipe$='end'] .tray.at-end {
    display: flex;
  }

  .row[data-swipe] .cell {
    position: relative;
    z-index: 1;
    background: var(--im-conversation-list-background, Canvas);
    will-change: transform;
  }

  .row[data-swipe] .actions {
    display: none;
  }

  .swipe {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.2rem;
    inline-size: 76px;
    padding: 0.15rem;
    border: 0;
    border-radius: 0;
    background: var(--_muted);
    color: var(--im-conversation-list-background, Canvas);
    font-size: 0.75em;
    line-height: 1.15;
  }

  .swipe bdi {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .tray.at-start .swipe:first-child {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .tray .swipe.danger {
    background: var(--_danger);
    color: var(--im-conversation-list-background, Canvas);
  }

  /* The way out at the end of the first line, and below it, where there is no room beside, the button to try again. */
  .failure {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.75rem;
    padding: 0.4rem 0.75rem;
    padding-inline-end: 2.75rem;
    border-block-start: 1px solid var(--_line);
    font-size: 0.875em;
  }

  .failure p {
    flex: 1 1 10rem;
    min-inline-size: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }

  .failure .detail {
    color: var(--_soft);
  }

  .failure .close {
    display: grid;
    place-items: center;
    position: absolute;
    inset-block-start: 0.3rem;
    inset-inline-end: 0.6rem;
    inline-size: 1.75rem;
    padding: 0;
    border-color: transparent;
  }

  @media (prefers-reduced-motion: no-preference) {
    .row[data-swipe^='settling'] .cell {
      transition: transform 0.18s ease-out;
    }
  }

  /* A rail has no room; the menu opens by a long press, a context click, or from the keyboard. */
  @container (inline-size < 7rem) {
    .actions,
    .rows.touch .actions {
      display: none;
    }

    .rows.touch .cell {
      padding-inline-end: 0;
    }

    .failure {
      display: grid;
      justify-items: center;
      padding: 0.4rem 0.15rem;
      text-align: center;
    }

    .failure .close {
      position: static;
    }

    .failure .detail {
      display: none;
    }
  }

  @media (forced-colors: active) {
    /* No colour fades there: what is below ends at the buttons. */
    .rows:not(.touch) .actions {
      padding-inline-start: 0.25rem;
      background: Canvas;
    }

    .menu-item:focus {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .swipe {
      border: 1px solid ButtonText;
    }
  }
`;
