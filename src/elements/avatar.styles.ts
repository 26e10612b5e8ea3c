import {css} from 'lit';

/** A row's avatar: a picture, initials or members, and the presence dot on it. */
export const avatarStyles = css`
  .avatar {
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: var(--_avatar);
    block-size: var(--_avatar);
    border-radius: var(--im-conversation-list-avatar-border-radius, 50%);
    color: var(--im-conversation-list-avatar-color, #fff);
    font-size: calc(var(--_avatar) * 0.38);
    font-weight: var(--im-conversation-list-avatar-font-weight, 600);
    line-height: 1;
  }

  .avatar img,
  .members {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    object-fit: cover;
  }

  /* Two halves; of three one half, of four all quarters. */
  .members {
    display: grid;
    grid-template: 1fr 1fr / 1fr 1fr;
    gap: 1px;
    overflow: hidden;
    background: var(--_surface);
    font-size: calc(var(--_avatar) * 0.22);
  }

  .member {
    position: relative;
    display: grid;
    place-items: center;
    min-inline-size: 0;
    min-block-size: 0;
    box-sizing: border-box;
    overflow: hidden;
  }

  .members.of-2 .member,
  .members.of-3 .member:first-child {
    grid-row: span 2;
  }

  /* Letters of a quarter keep off the rim. */
  .members.of-3 .member:nth-child(2),
  .members.of-4 .member:nth-child(2) {
    place-items: end start;
    padding-block-end: 12%;
    padding-inline-start: 24%;
  }

  .members.of-4 .member:first-child {
    place-items: end;
    padding-block-end: 12%;
    padding-inline-end: 24%;
  }

  .members.of-3 .member:nth-child(3),
  .members.of-4 .member:nth-child(4) {
    place-items: start;
    padding-block-start: 12%;
    padding-inline-start: 24%;
  }

  .members.of-4 .member:nth-child(3) {
    place-items: start end;
    padding-block-start: 12%;
    padding-inline-end: 24%;
  }

  .member img {
    border-radius: 0;
  }

  /* Told apart by shape as well as by colour: full, half, a bar across, a ring. */
  .presence {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
    inline-size: 14px;
    block-size: 14px;
    box-sizing: border-box;
    border: 2px solid var(--_surface);
    border-radius: 50%;
    --_dot: var(--_soft);
    background: var(--_dot);
  }

  .presence.online {
    --_dot: var(--im-conversation-list-online-presence-color, #1c8a3c);
  }

  .presence.away {
    --_dot: var(--im-conversation-list-away-presence-color, #b06f00);
    background: linear-gradient(var(--_surface) 45%, var(--_dot) 0);
    outline: 1px solid var(--_dot);
    outline-offset: -3px;
  }

  .presence.busy {
    --_dot: var(--im-conversation-list-busy-presence-color, #cf2e2e);
    background: linear-gradient(
      var(--_dot) 36%,
      var(--_surface) 0 64%,
      var(--_dot) 0
    );
  }

  .presence.offline {
    background: radial-gradient(var(--_surface) 40%, var(--_dot) 0);
  }

  .color-0 {
    background: var(--im-conversation-list-avatar-background-0, #b3261e);
  }
  .color-1 {
    background: var(--im-conversation-list-avatar-background-1, #a04a00);
  }
  .color-2 {
    background: var(--im-conversation-list-avatar-background-2, #6d5f00);
  }
  .color-3 {
    background: var(--im-conversation-list-avatar-background-3, #2a6b2f);
  }
  .color-4 {
    background: var(--im-conversation-list-avatar-background-4, #00696b);
  }
  .color-5 {
    background: var(--im-conversation-list-avatar-background-5, #1a5fb4);
  }
  .color-6 {
    background: var(--im-conversation-list-avatar-background-6, #5b3fb5);
  }
  .color-7 {
    background: var(--im-conversation-list-avatar-background-7, #a2185b);
  }

  /* In a rail the badge has its place. */
  @container (inline-size < 7rem) {
    .row.is-unread .presence {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }

    .avatar .presence {
      --_dot: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
