import {html, nothing, type TemplateResult} from 'lit';
import {ifDefined} from 'lit/directives/if-defined.js';
import {cleanText, NAME_LIMIT} from '../format/text.js';
import type {Conversation} from '../model/conversation.js';
import {report} from '../store/contain.js';
import type {ConversationRows} from '../store/snapshot.js';
import type {Face, RowFacts} from './row-facts.js';
import {ONE_TICK, PATHS, TWO_TICKS} from './row-nodes.js';
import type {RowBinder} from './row-binder.js';
import {partOf, type RowRenderer} from './row-view.js';

/*
 * Rows as a server writes them. No part of what a browser loads: `server.js` alone imports this. A test
 * compares the rows with those that `RowView` draws, node by node.
 *
 * Pictures are left to the browser, where the policy for avatars may be another and a row may never come into view.
 */

/** How many rows are rendered, unless the list says so. */
const COUNT = 20;

/**
 * The templates of the first rows, an app's own content in them where it has a renderer.
 *
 * @param count - 20 in the place of what is no number from 1
 * @param binder - has been told what all rows depend on
 */
export function serverRows(
  conversations: ConversationRows,
  count: unknown,
  binder: RowBinder,
  renderRow: RowRenderer | undefined,
): TemplateResult[] {
  const rows: TemplateResult[] = [];
  for (const conversation of conversations.slice(0, typeof count === 'number' && count >= 1 ? count : COUNT)) {
    const facts = binder.facts(conversation);
    if (facts === undefined) continue;
    const index = rows.length;
    rows.push(row(conversation.id, index, facts, ownContent(conversation, index, facts, renderRow) ?? content(facts)));
  }
  return rows;
}

/** What an app's renderer makes of a row; nothing if it throws. There are no nodes on a server. */
function ownContent(
  conversation: Conversation,
  index: number,
  facts: RowFacts,
  renderRow: RowRenderer | undefined,
): TemplateResult | undefined {
  if (typeof renderRow !== 'function') return undefined;
  try {
    const made: unknown = renderRow(conversation, {...facts, index});
    const own = typeof made === 'string' ? cleanText(made) : (made as TemplateResult);
    return html`<div class="custom">${own}</div>`;
  } catch (thrown) {
    report(thrown);
    return undefined;
  }
}

function row(id: string, index: number, facts: RowFacts, inside: TemplateResult): TemplateResult {
  const part = partOf(facts);
  return html`<div
    role="row"
    tabindex="-1"
    class="${part.replaceAll(' ', ' is-')} served"
    part=${part}
    data-id=${id.slice(0, NAME_LIMIT).toWellFormed()}
    aria-rowindex=${index + 1}
    aria-label=${facts.label}
    aria-current=${ifDefined(facts.selected ? 'true' : undefined)}
  >
    <div class="cell" role="gridcell" part="conversation">${inside}</div>
  </div>`;
}

function content(facts: RowFacts): TemplateResult {
  const {title, time, preview, delivery, mention, members, tags, thumbnail, presence} = facts;
  const kind = mention === 'all' ? 'all' : 'me';
  return html`
    <span class="avatar color-${facts.color}" part="avatar" aria-hidden="true">
      ${members.length > 0 ? membersOf(members) : nothing}<span class="initials" part="initials">${facts.initials}</span>${presence === undefined
        ? nothing
        : html`<span class="presence ${presence}" part="presence ${presence}" aria-hidden="true"></span>`}</span
    >
    <span class="text" part="text">
      <span class="line"
        ><bdi class="title" part="title">${title}</bdi>${facts.verified ? icon('verified') : nothing}${facts.muted
          ? icon('muted')
          : nothing}${tags.length > 0 ? tagsOf(tags) : nothing}<time
          class="time"
          part="time"
          datetime=${ifDefined(time?.iso)}
          >${time?.label ?? ''}</time
        ></span
      >
      <span class="line">
        <span class="preview ${preview.kind}" part="preview ${preview.kind}"
          >${delivery === undefined ? nothing : ticks(delivery)}<bdi class="prefix" part="prefix"
            >${preview.prefix === '' ? '' : `${preview.prefix}:`}</bdi
          >${thumbnail === undefined ? nothing : html`<span class="thumbnail" part="thumbnail"></span>`}<bdi class="said" part="preview-text"
            >${preview.text}</bdi
          ></span
        >${mention === undefined
          ? nothing
          : html`<span class="mention ${kind}" part="mention ${kind}" aria-hidden="true">@</span>`}${end(facts)}
      </span>
    </span>
  `;
}

/** The badge, else the pin. */
function end({badge, pinned}: RowFacts): TemplateResult | typeof nothing {
  if (badge === '') return pinned ? icon('pinned') : nothing;
  const dot = badge === '•';
  const name = dot ? 'badge dot' : 'badge';
  return html`<span class=${name} part=${name} aria-hidden="true">${dot ? '' : badge}</span>`;
}

function membersOf(members: readonly Face[]): TemplateResult {
  const member = ({color, initials}: Face) =>
    html`<span class="member color-${color}" part="member" aria-hidden="true"><span>${initials}</span></span>`;
  return html`<span class="members of-${members.length}" part="members" aria-hidden="true">${members.map(member)}</span>`;
}

function tagsOf(tags: readonly string[]): TemplateResult {
  const tag = (text: string) => html`<bdi class="tag" part="tag" aria-hidden="true">${text}</bdi>`;
  return html`<span class="tags" part="tags" aria-hidden="true">${tags.map(tag)}</span>`;
}

function icon(name: keyof typeof PATHS): TemplateResult {
  return html`<svg class="icon ${name}" part="${name}-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d=${PATHS[name]}></path>
  </svg>`;
}

function ticks(state: NonNullable<RowFacts['delivery']>): TemplateResult {
  return html`<svg class="ticks ${state}" part="delivery ${state}" viewBox="0 0 18 16" aria-hidden="true">
    <path d=${state === 'sent' ? ONE_TICK : TWO_TICKS}></path>
  </svg>`;
}
