import {css} from 'lit';

/** The list's own frame: layout, colours, states. Rows are in `row.styles`. */
export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
    box-sizing: border-box;
    block-size: 100%;
    min-block-size: 8rem;
    min-inline-size: 0;
    overflow: hidden;
    contain: content;
    container-type: inline-size;
    font-family: var(--im-conversation-list-font-family, system-ui, sans-serif);
    font-size: var(--im-conversation-list-font-size, 0.9375rem);
    line-height: 1.35;
    color: var(--im-conversation-list-color, CanvasText);
    background: var(--im-conversation-list-background, Canvas);
    /* Two lines in larger text, as a browser can be set to, need more. */
    --_row-height: var(--im-conversation-list-row-height, max(64px, 4rem));
    --_avatar: var(--im-conversation-list-avatar-size, 48px);
  }

  /* For the whole list, and anew for what ::part() can give colours of its own. */
  :host,
  .row.is-selected {
    --_accent: var(--im-conversation-list-accent-color, light-dark(#0b5cad, #8ec2ff));
    --_on-accent: var(--im-conversation-list-accent-text-color, light-dark(#fff, #062440));
    --_danger: var(--im-conversation-list-error-color, light-dark(#b3261e, #ffb4ab));
    --_soft: var(--im-conversation-list-secondary-color, color-mix(in srgb, CanvasText 64%, Canvas));
    --_line: var(--im-conversation-list-border-color, color-mix(in srgb, CanvasText 12%, Canvas));
    --_hover: var(--im-conversation-list-hover-background, color-mix(in srgb, CanvasText 6%, Canvas));
    --_selected: var(--im-conversation-list-selected-background, light-dark(#d9e8fb, #17375a));
    --_muted: var(--im-conversation-list-muted-background, light-dark(#5f6670, #b3bac4));
    --_focus: var(--im-conversation-list-focus-color, var(--_accent));
  }

  :host([density='comfortable']) {
    --_row-height: var(--im-conversation-list-row-height, max(72px, 4.5rem));
    --_avatar: var(--im-conversation-list-avatar-size, 54px);
  }

  :host([density='compact']) {
    --_row-height: var(--im-conversation-list-row-height, max(44px, 2.75rem));
    --_avatar: var(--im-conversation-list-avatar-size, 28px);
  }

  :host([hidden]) {
    display: none;
  }

  [hidden] {
    display: none !important;
  }

  /* On a list that a page makes a grid, an empty place would take a share of the height. */
  .notices:empty {
    position: absolute;
  }

  .frame {
    display: flex;
    flex: 1;
    position: relative;
    min-block-size: 0;
    /* For a page that gives the element another display, as many do. */
    block-size: 100%;
  }

  .viewport {
    flex: 1;
    min-inline-size: 0;
    overflow-x: hidden;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    outline: none;
  }

  .viewport:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }

  /* Heard, not seen. */
  .live {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .rows {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }

  .probe {
    position: absolute;
    block-size: var(--_row-height);
    inline-size: 0;
    visibility: hidden;
    pointer-events: none;
  }

  .end {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: var(--_row-height);
    display: flex;
    align-items: center;
    justify-content: center;
    color: var(--_soft);
  }

  .end > [role='gridcell'] {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-inline-size: 0;
    padding-inline: 0.75rem;
  }

  .pills {
    position: absolute;
    z-index: 1;
    inset-inline: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 0.35rem;
    pointer-events: none;
  }

  .pills.top {
    inset-block-start: 0.5rem;
  }

  .pills.bottom {
    inset-block-end: 0.5rem;
  }

  .unread {
    display: contents;
  }

  .pills button {
    pointer-events: auto;
    border-color: transparent;
    background: var(--im-conversation-list-pill-background, var(--_accent));
    color: var(--im-conversation-list-pill-color, var(--_on-accent));
    font-size: 0.85em;
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.35);
    /* A click that was meant for the row below must not meet it. */
    animation: arm 1ms 0.6s backwards;
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

  /* No room for words beside avatars. */
  @container (inline-size < 7rem) {
    .pills button:not([part~='updates']) {
      display: none;
    }

    .pills button.jump {
      display: block;
      inset-inline-end: calc(50% - 1.125rem);
    }
  }

  /* In force while it waits to begin, which costs no frame. */
  @keyframes arm {
    from {
      pointer-events: none;
    }
  }

  .panel {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    padding: 1.5rem;
    text-align: center;
    color: var(--_soft);
    overflow: auto;
  }

  .panel p,
  .strip p {
    margin: 0;
  }

  .detail {
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }

  .error {
    color: var(--_danger);
  }

  .skeleton {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }

  .ghost {
    display: flex;
    align-items: center;
    gap: var(--im-conversation-list-row-gap, 0.75rem);
    block-size: var(--_row-height);
    margin-inline: var(--im-conversation-list-row-margin-inline, 0px);
    padding-inline: var(--im-conversation-list-row-padding-inline, 0.75rem);
    box-sizing: border-box;
  }

  .ghost::before {
    content: '';
    flex: none;
    inline-size: var(--_avatar);
    block-size: var(--_avatar);
    border-radius: var(--im-conversation-list-avatar-border-radius, 50%);
    background: var(--im-conversation-list-ghost-background, var(--_hover));
  }

  /* Two lines, as long as names and previews are. */
  .ghost::after {
    content: '';
    flex: 1;
    block-size: 2.3em;
    --_bar: var(--im-conversation-list-ghost-background, var(--_hover));
    background:
      linear-gradient(var(--_bar), var(--_bar)) var(--_start) 0 / 45% 0.85em no-repeat,
      linear-gradient(var(--_bar), var(--_bar)) var(--_start) 100% / 85% 0.85em no-repeat;
    --_start: 0;
  }

  .ghost:dir(rtl)::after {
    --_start: 100%;
  }

  .ghost:nth-child(3n)::after {
    background-size:
      30% 0.85em,
      70% 0.85em;
  }

  .strip {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.4rem 0.75rem;
    border-block-start: 1px solid var(--_line);
    background: var(--im-conversation-list-sync-background, none);
    font-size: 0.875em;
    color: var(--im-conversation-list-sync-color, var(--_soft));
  }

  .strip p {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .strip progress {
    inline-size: 5rem;
    accent-color: var(--_accent);
  }

  button {
    flex: none;
    min-block-size: 1.75rem;
    padding: 0.15rem 0.75rem;
    border: 1px solid currentColor;
    border-radius: var(--im-conversation-list-button-border-radius, 999px);
    background: none;
    color: var(--im-conversation-list-button-color, var(--_accent));
    font: inherit;
    cursor: pointer;
  }

  /* Words of a language that runs against the page. */
  button,
  .panel p,
  .strip p,
  .end span {
    unicode-bidi: plaintext;
  }

  /* Words in a rail: small, and broken where they must be. */
  @container (inline-size < 7rem) {
    .panel {
      gap: 0.5rem;
      padding: 0.5rem 0.125rem;
      font-size: 0.7em;
      hyphens: auto;
      overflow-wrap: anywhere;
    }

    .strip {
      flex-direction: column;
      gap: 0.25rem;
      padding: 0.35rem 0.25rem;
      font-size: 0.7em;
      text-align: center;
    }

    .strip p {
      flex: none;
      max-inline-size: 100%;
    }

    .strip progress {
      inline-size: 80%;
    }

    .reason,
    .detail {
      display: none;
    }

    .end > [role='gridcell'] {
      padding-inline: 0.125rem;
      font-size: 0.7em;
      text-align: center;
      hyphens: auto;
      overflow-wrap: anywhere;
    }

    /* Heard, but there is room for the button only. */
    .end .error {
      position: absolute;
      clip-path: inset(50%);
    }

    button {
      flex: 0 1 auto;
      max-inline-size: 100%;
      padding-inline: 0.4rem;
    }

    .panel button,
    .strip button,
    .end button {
      border-radius: 0.75rem;
    }

    .pills button {
      font-size: 0.75em;
    }
  }

  button:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  @media (prefers-reduced-motion: no-preference) {
    .ghost {
      animation: breathe 1.6s ease-in-out infinite alternate;
    }

    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
  }

  @media (forced-colors: active) {
    .ghost {
      --im-conversation-list-ghost-background: GrayText;
    }
  }
`;
