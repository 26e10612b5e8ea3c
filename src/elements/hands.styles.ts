import {css} from 'lit';

/** What shows only while a person selects, pulls, or is told something. */
export const handsStyles = css`
  /* Heard, not seen. */
  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

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

  .bar button {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
  }

  .bar button:focus-visible {
    outline-offset: 0;
  }

  .pills button.jump {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0.75rem;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    padding: 0;
    font-size: 1.1em;
  }

  .row .checkbox {
    position: absolute;
    z-index: 1;
    inset-block-start: calc(50% - 0.625rem);
    inset-inline-start: var(--im-conversation-list-row-padding-inline, 0.75rem);
    box-sizing: border-box;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    border: 2px solid var(--_soft);
    border-radius: 0.3rem;
    background: var(--im-conversation-list-background, Canvas);
    pointer-events: none;
  }

  .row.is-checked .checkbox {
    border-color: var(--_accent);
    background: var(--_accent);
  }

  .row.is-checked .checkbox::after {
    content: '';
    position: absolute;
    inset-block-start: 0.05rem;
    inset-inline-start: 0.3rem;
    inline-size: 0.3rem;
    block-size: 0.6rem;
    border: solid var(--_on-accent);
    border-width: 0 2px 2px 0;
    transform: rotate(45deg);
  }

  .row.is-checkable .cell {
    padding-inline-start: calc(var(--im-conversation-list-row-padding-inline, 0.75rem) + 1.75rem);
  }

  .row.is-checked .cell {
    background: var(--_selected);
  }

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

  /* In a rail the box stands on the avatar's corner, and the words have no room. */
  @container (inline-size < 7rem) {
    .row.is-checkable .cell {
      padding-inline: 0;
    }

    .row .checkbox {
      inset-block-start: 0.15rem;
      inset-inline-start: 0.15rem;
    }

    .bar {
      padding-inline: 0.25rem;
    }

    .pills button.jump {
      display: block;
      inset-inline-end: calc(50% - 1.125rem);
    }

    .bar button {
      padding-inline: 0.35rem;
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
    .row.is-checked .checkbox {
      background: Highlight;
      forced-color-adjust: none;
    }

    .row.is-checked .cell {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .pull > span {
      border: 1px solid CanvasText;
    }
  }
`;
