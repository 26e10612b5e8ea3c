import {css} from 'lit';

/** Links in a list for pages on which no script ever runs; only a server sends them. */
export const fallbackStyles = css`
  slot[name='fallback'] {
    display: none;
  }

  /* Rows that nobody can open give way to links: these take all the room there is, */
  @media (scripting: none) {
    /* Whatever the page gives it, which may be meant for pages without a shadow root. */
    :host(:not([hidden])) {
      display: flex !important;
    }

    slot[name='fallback'] {
      display: contents;
    }

    ::slotted([slot='fallback']) {
      flex: 1000000 1 0;
      min-block-size: 0;
      overflow: auto;
    }

    .frame {
      container-type: size;
    }

    /* and what is left with none goes, for readers too. */
    @container (block-size < 1px) {
      .viewport {
        display: none;
      }
    }
  }
`;
