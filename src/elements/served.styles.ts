import {css} from 'lit';

/** A list as a server has rendered it, until it draws rows of its own. */
export const servedStyles = css`
  /* One below the other by themselves: there is nobody yet to place them. */
  .row.served {
    position: relative;
  }

  /* So that they scroll in it; later the virtualizer says so too. */
  .viewport {
    position: relative;
  }
`;
