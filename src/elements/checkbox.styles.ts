import {css} from 'lit';

/** The box of a row that can be selected with others. */
export const checkboxStyles = css`
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

  /* In a rail the box stands on the avatar's corner. */
  @container (inline-size < 7rem) {
    .row.is-checkable .cell {
      padding-inline: 0;
    }

    .row .checkbox {
      inset-block-start: 0.15rem;
      inset-inline-start: 0.15rem;
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
  }
`;
