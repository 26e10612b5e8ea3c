import {css} from 'lit';
import {glyphStyles} from './row-actions/glyph.styles.js';

/** What shows only once a person selects or pulls. */
export const handsStyles = css`
  .bar {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.5rem;
    max-block-size: 50%;
    overflow-y: auto;
    padding: 0.4rem 0.75rem;
    border-block-start: 1px solid var(--_line);
    font-size: 0.875em;
  }

  .bar p {
    flex: 1 1 6rem;
    min-inline-size: 0;
    margin: 0;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }

  .bar[role='toolbar'] {
    column-gap: 0.125rem;
  }

  .bar[role='toolbar'] p {
    flex-basis: 4.5rem;
    line-height: 1.2;
  }

  .bar button {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
  }

  .bar button:focus-visible {
    outline-offset: 0;
  }

  .bar .tool {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    padding: 0;
    border-color: transparent;
    border-radius: 50%;
    color: var(--im-conversation-list-color, CanvasText);
  }

  .bar .tool:hover,
  .bar .tool[aria-expanded='true'] {
    background: var(--_hover);
  }

  @media (pointer: coarse) {
    .bar .tool {
      inline-size: 2.25rem;
      block-size: 2.25rem;
    }
  }

  /* Beside 4.5 rem of text there is room for so many of the actions, the menu, and the two about the selection itself. */
  @container (inline-size < 16rem) {
    .bar .place-1 {
      display: none;
    }
  }

  @container (inline-size < 18.5rem) {
    .bar .place-2 {
      display: none;
    }
  }

  @container (inline-size < 21rem) {
    .bar .place-3 {
      display: none;
    }
  }

  @container (inline-size < 24rem) {
    .bar .place-4 {
      display: none;
    }
  }

  /* The menu, where all that is in it has a button. */
  @container (inline-size >= 16rem) {
    .bar .spare-1 {
      display: none;
    }
  }

  @container (inline-size >= 18.5rem) {
    .bar .spare-2 {
      display: none;
    }
  }

  @container (inline-size >= 21rem) {
    .bar .spare-3 {
      display: none;
    }
  }

  @container (inline-size >= 24rem) {
    .bar .spare-4 {
      display: none;
    }
  }

  ${glyphStyles}

  .pull {
    position: absolute;
    z-index: 2;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: 96px;
    display: flex;
    align-items: flex-end;
    justify-content: center;
    pointer-events: none;
  }

  .pull > span {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    margin-block-end: 0.35rem;
    padding: 0.35rem 0.85rem;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.85em;
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.35);
    unicode-bidi: plaintext;
  }

  .spinner {
    flex: none;
    box-sizing: border-box;
    inline-size: 1em;
    block-size: 1em;
    border: 2px solid currentColor;
    border-block-start-color: transparent;
    border-radius: 50%;
  }

  /* In a rail the words have no room. */
  @container (inline-size < 7rem) {
    .bar {
      padding-inline: 0.25rem;
    }

    .bar button {
      padding-inline: 0.35rem;
    }

    .bar .tool {
      inline-size: 1.75rem;
      block-size: 1.75rem;
      padding: 0;
    }

    .pull > span {
      font-size: 0;
      padding: 0.5rem;
    }

    .spinner {
      inline-size: 1rem;
      block-size: 1rem;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .spinner.is-busy {
      animation: spin 0.9s linear infinite;
    }

    @keyframes spin {
      to {
        transform: rotate(1turn);
      }
    }
  }

  @media (forced-colors: active) {
    .pull > span {
      border: 1px solid CanvasText;
    }
  }
`;
