import {css} from 'lit';

/** A list as a server has rendered it, before its script runs and where none ever will. */
export const servedStyles = css`
  /* One below the other by themselves: there is nobody yet to place them. */
  .row.served {
    position: relative;
  }

  slot[name='fallback'] {
    display: none;
  }

  /* Rows that nobody can open give way to links. */
  @media (scripting: none) {
    :host(:has(> [slot='fallback'])) .frame {
      display: none;
    }

    slot[name='fallback'] {
      display: block;
      flex: 1;
      min-block-size: 0;
      overflow: auto;
    }
  }
`;
