import {css} from 'lit';

/** One row: built from logical properties, so that it mirrors itself. */
export const rowStyles = css`
  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: var(--_row-height);
    box-sizing: border-box;
    contain: strict;
    /* Rows that glide pass over each other. */
    background: var(--im-conversation-list-background, Canvas);
    --_surface: var(--im-conversation-list-background, Canvas);
    cursor: pointer;
    outline: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-tap-highlight-color: transparent;
  }

  .cell {
    display: flex;
    align-items: center;
    gap: var(--im-conversation-list-row-gap, 0.75rem);
    block-size: calc(100% - 2 * var(--im-conversation-list-row-margin-block, 0px));
    box-sizing: border-box;
    margin-block: var(--im-conversation-list-row-margin-block, 0px);
    margin-inline: var(--im-conversation-list-row-margin-inline, 0px);
    padding-inline: var(--im-conversation-list-row-padding-inline, 0.75rem);
    border-radius: var(--im-conversation-list-row-border-radius, 0);
  }

  .custom {
    display: contents;
  }

  @media (hover: hover) {
    .row:hover {
      --_surface: var(--_hover);
    }

    .row:hover .cell {
      background: var(--_hover);
    }
  }

  /* The list's colours are worked out once more, so that ::part(row selected) can set them for this row alone. */
  .row.is-selected {
    --_surface: var(--_selected);
    color: var(--im-conversation-list-color, CanvasText);
  }

  .row.is-selected .cell {
    background: var(--_selected);
  }

  .row.is-gone {
    cursor: default;
  }

  .row.is-gone .text,
  .row.is-gone .avatar {
    filter: grayscale(1);
    opacity: 0.6;
  }

  .row.is-gone .title {
    text-decoration: line-through;
  }

  .row:focus-visible .cell {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }

  .text {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    flex-direction: column;
    gap: 0.1rem;
  }

  .line {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    min-inline-size: 0;
  }

  .title,
  .preview {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }

  /* As wide as its name, so that the icon stands beside it; the time goes to the end. */
  .title {
    flex: 0 1 auto;
    color: var(--im-conversation-list-title-color, inherit);
    font-size: var(--im-conversation-list-title-font-size, inherit);
    font-weight: var(--im-conversation-list-title-font-weight, 500);
  }

  mark {
    border-radius: 0.15em;
    background: var(--im-conversation-list-match-background, light-dark(#ffe27a, #4a3900));
    color: inherit;
  }

  .row.is-unread .title {
    font-weight: var(--im-conversation-list-unread-title-font-weight, 700);
  }

  .time {
    flex: none;
    margin-inline-start: auto;
    padding-inline-start: 0.4rem;
    color: var(--im-conversation-list-time-color, var(--_soft));
    font-size: var(--im-conversation-list-time-font-size, 0.8em);
    font-variant-numeric: tabular-nums;
  }

  .row.is-unread:not(.is-muted) .time {
    color: var(--im-conversation-list-unread-time-color, var(--_accent));
  }

  .preview {
    display: flex;
    gap: 0.3em;
    color: var(--im-conversation-list-preview-color, var(--_soft));
    font-size: var(--im-conversation-list-preview-font-size, 0.92em);
  }

  .prefix,
  .said {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .prefix {
    flex: none;
    max-inline-size: 50%;
  }

  .prefix:empty {
    display: none;
  }

  .prefix {
    color: var(--im-conversation-list-prefix-color, inherit);
  }

  /* Runs in its own direction, so that its end is what is cut off; as wide as its text, so that it stands at the row's side. */
  .said {
    flex: 0 1 auto;
    min-inline-size: 0;
  }

  /* Told in the order of their own words, in a place that the row's direction decides. */
  .time,
  .badge {
    unicode-bidi: plaintext;
  }

  .preview.draft .prefix {
    color: var(--im-conversation-list-draft-color, var(--_danger));
  }

  .preview.failed .prefix {
    color: var(--_danger);
  }

  .preview.notice .said {
    font-style: italic;
  }

  /* A sentence in the list's language, whatever script a name at its beginning is in. */
  .preview.typing .said {
    direction: inherit;
    color: var(--im-conversation-list-typing-color, var(--_accent));
  }

  .thumbnail {
    flex: none;
    align-self: center;
    inline-size: 1.25em;
    block-size: 1.25em;
    border-radius: 0.2em;
    object-fit: cover;
  }

  .ticks {
    flex: none;
    align-self: center;
    inline-size: 1.1em;
    block-size: 1em;
    fill: none;
    stroke: var(--im-conversation-list-delivery-color, var(--_soft));
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .ticks.read {
    stroke: var(--im-conversation-list-read-delivery-color, var(--_accent));
    stroke-width: 2.2;
  }

  .tags {
    flex: 0 2 auto;
    display: flex;
    gap: 0.25rem;
    min-inline-size: 0;
    overflow: hidden;
  }

  .tag {
    max-inline-size: 6em;
    padding-inline: 0.35em;
    border: 1px solid var(--im-conversation-list-tag-border-color, var(--_line));
    border-radius: var(--im-conversation-list-tag-border-radius, 0.3em);
    background: var(--im-conversation-list-tag-background, none);
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    color: var(--im-conversation-list-tag-color, var(--_soft));
    font-size: 0.72em;
  }

  .icon {
    flex: none;
    inline-size: 0.9em;
    block-size: 0.9em;
    fill: var(--im-conversation-list-icon-color, var(--_soft));
  }

  .icon.verified {
    fill: var(--im-conversation-list-verified-icon-color, var(--_accent));
    fill-rule: evenodd;
  }

  .mention,
  .badge {
    flex: none;
    display: grid;
    place-items: center;
    min-inline-size: 1.3rem;
    block-size: 1.3rem;
    box-sizing: border-box;
    padding-inline: 0.35rem;
    border-radius: var(--im-conversation-list-badge-border-radius, 999px);
    background: var(--im-conversation-list-badge-background, var(--_accent));
    color: var(--im-conversation-list-badge-color, var(--_on-accent));
    font-size: var(--im-conversation-list-badge-font-size, 0.75rem);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }

  .mention {
    padding: 0;
    background: var(--im-conversation-list-mention-background, var(--_accent));
    color: var(--im-conversation-list-mention-color, var(--_on-accent));
  }

  /* Everyone, not only the person: the same sign in outline. */
  .mention.all {
    border: 1.5px solid var(--im-conversation-list-mention-background, var(--_accent));
    background: var(--_surface);
    color: var(--im-conversation-list-mention-background, var(--_accent));
  }

  .badge.dot {
    /* Whole pixels, to be round. */
    min-inline-size: 12px;
    inline-size: 12px;
    block-size: 12px;
    padding: 0;
  }

  .row.is-muted .badge {
    background: var(--_muted);
  }

  /* One line: the name, the preview behind it, the rest at the end. */
  :host([density='compact']) .text {
    flex-direction: row;
    align-items: center;
    gap: 0.4rem;
  }

  :host([density='compact']) .line:first-child {
    flex: 0 1 45%;
  }

  :host([density='compact']) .line:last-child {
    flex: 1 1 55%;
  }

  /* The name needs what room there is. */
  @container (inline-size < 15rem) {
    .tags {
      display: none;
    }
  }

  :host([density='compact']) .tags,
  :host([density='compact']) .thumbnail {
    display: none;
  }

  /* Too narrow for text: avatars only, the badge on top of them. */
  @container (inline-size < 7rem) {
    .cell {
      justify-content: center;
      padding-inline: 0;
    }

    .text {
      position: absolute;
      inset: 0;
      pointer-events: none;
    }

    .title,
    .time,
    .preview,
    .tags,
    .icon {
      display: none;
    }

    .text .line:last-child {
      position: absolute;
      inset-block-end: 0.25rem;
      inset-inline-end: calc(50% - var(--_avatar) / 2 - 0.25rem);
    }

    .badge,
    .mention {
      box-shadow: 0 0 0 2px var(--_surface);
    }

    /* At the corner above. */
    .mention {
      position: absolute;
      inset-block-end: calc(var(--_avatar) - 1.1rem);
      inset-inline-end: 0;
    }
  }

  @media (forced-colors: active) {
    mark {
      background: Mark;
      color: MarkText;
    }

    .row.is-selected .cell {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .row .badge,
    .mention.me {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }

    .row.is-muted .badge {
      background: CanvasText;
    }

    .icon,
    .icon.verified {
      fill: CanvasText;
    }

    .ticks {
      stroke: CanvasText;
    }

    .ticks.read {
      stroke: Highlight;
    }
  }
`;
