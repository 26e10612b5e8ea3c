import {css} from 'lit';

/** Chips, and the menu of those that do not fit. Colours are those of the list. */
export const filterViewStyles = css`
  .toolbar {
    --_accent: var(--im-conversation-list-accent-color, light-dark(#0b5cad, #8ec2ff));
    --_on-accent: var(--im-conversation-list-accent-text-color, light-dark(#fff, #062440));
    --_hover: var(--im-conversation-list-hover-background, color-mix(in srgb, CanvasText 6%, Canvas));
    --_background: var(--im-conversation-filters-background, color-mix(in srgb, CanvasText 5%, Canvas));
  }

  .chip {
    flex: 0 0 auto;
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    max-inline-size: 100%;
    block-size: 1.9rem;
    box-sizing: border-box;
    padding-inline: 0.8rem;
    border: 1px solid transparent;
    border-radius: var(--im-conversation-filters-border-radius, 999px);
    background: var(--_background);
    color: inherit;
    font: inherit;
    white-space: nowrap;
    cursor: pointer;
  }

  .chip > .name {
    max-inline-size: 12rem;
    overflow: hidden;
    text-overflow: ellipsis;
    unicode-bidi: plaintext;
  }

  .chip[aria-pressed='true'],
  .chip.chosen {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .chip.over {
    visibility: hidden;
  }

  .chip:focus-visible,
  .item:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  .count {
    font-size: 0.85em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  .more {
    display: flex;
    flex: none;
  }

  .menu {
    position: fixed;
    inset: auto;
    margin: 0;
    min-inline-size: 10rem;
    max-inline-size: min(20rem, 100vw - 1rem);
    max-block-size: min(24rem, 100vh - 1rem);
    box-sizing: border-box;
    padding: 0.3rem;
    overflow: auto;
    border: 1px solid var(--im-conversation-list-border-color, color-mix(in srgb, CanvasText 24%, Canvas));
    border-radius: 0.6rem;
    background: var(--im-conversation-list-background, Canvas);
    color: inherit;
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.25);
  }

  .item {
    display: flex;
    align-items: center;
    gap: 0.6em;
    inline-size: 100%;
    min-block-size: 2.25rem;
    box-sizing: border-box;
    padding: 0.25rem 0.7rem;
    border: 0;
    border-radius: 0.4rem;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .item > .name {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }

  .item::before {
    content: '';
    flex: none;
    inline-size: 0.5em;
    block-size: 0.9em;
    box-sizing: border-box;
    translate: 0 -0.1em;
    rotate: 45deg;
  }

  .item[aria-checked='true']::before {
    border: solid var(--_accent);
    border-width: 0 2px 2px 0;
  }

  .item:focus-visible {
    outline-offset: -2px;
  }

  @media (hover: hover) {
    .chip:hover:not([aria-pressed='true'], .chosen),
    .item:hover {
      background: var(--_hover);
    }
  }

  @media (forced-colors: active) {
    .chip {
      border-color: ButtonText;
    }

    .chip[aria-pressed='true'],
    .chip.chosen {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }

    .item[aria-checked='true']::before {
      border-color: Highlight;
    }
  }
`;
