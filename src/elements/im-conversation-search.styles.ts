import {css} from 'lit';

/** The search field. Colours are those of the list. */
export const searchStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    font-family: var(--im-conversation-list-font-family, system-ui, sans-serif);
    font-size: var(--im-conversation-list-font-size, 0.9375rem);
    color: var(--im-conversation-list-color, CanvasText);
    --_accent: var(--im-conversation-list-accent-color, light-dark(#0b5cad, #8ec2ff));
    --_soft: var(--im-conversation-list-secondary-color, color-mix(in srgb, CanvasText 64%, Canvas));
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  .field {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.25rem;
    box-sizing: border-box;
    padding-inline: 0.75rem 0.35rem;
    border: 1px solid var(--im-conversation-search-border-color, color-mix(in srgb, CanvasText 48%, Canvas));
    border-radius: var(--im-conversation-search-border-radius, 999px);
    background: var(--im-conversation-search-background, Canvas);
  }

  .field:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
  }

  .glass {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    fill: none;
    stroke: var(--_soft);
    stroke-width: 1.6;
    stroke-linecap: round;
  }

  :host(:dir(rtl)) .glass {
    scale: -1 1;
  }

  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 2rem;
    padding: 0;
    border: 0;
    outline: none;
    appearance: none;
    background: none;
    color: inherit;
    font: inherit;
  }

  input::-webkit-search-cancel-button {
    display: none;
  }

  input::placeholder {
    color: var(--_soft);
    opacity: 1;
  }

  .count {
    flex: none;
    color: var(--_soft);
    font-size: 0.85em;
    font-variant-numeric: tabular-nums;
  }

  .spinner {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    box-sizing: border-box;
    border: 2px solid color-mix(in srgb, var(--_accent) 30%, Canvas);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
  }

  button {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_soft);
    font: inherit;
    font-size: 1.25em;
    line-height: 1;
    cursor: pointer;
  }

  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
  }

  @media (hover: hover) {
    button:hover {
      background: var(--im-conversation-list-hover-background, color-mix(in srgb, CanvasText 6%, Canvas));
    }
  }

  .said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: no-preference) {
    .spinner {
      animation: turn 0.8s linear infinite;
    }

    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }
  }

  @media (forced-colors: active) {
    .glass {
      stroke: CanvasText;
    }
  }
`;
