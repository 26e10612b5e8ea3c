import {css} from 'lit';

/** A list as a server has rendered it, before its script runs and where none ever will. */
export const servedStyles = css`
  /* One below the other by themselves: there is nobody yet to place them. */
  .row.served {
    position: relative;
  }

  /* So that they scroll in it; later the virtualizer says so too. */
  .viewport {
    position: relative;
  }

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
