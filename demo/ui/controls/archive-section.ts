import {html, nothing, type TemplateResult} from 'lit';
import type {Archive} from '../../archive/archive.js';
import type {DemoState} from '../../state/demo-state.js';
import {count, doButton, section, sliderField} from '../fields.js';

/** Messages a second. */
const FASTEST = 10_000;

/** An archive of one's own: chosen, read, shown, played again. */
export function archiveSection(state: DemoState): TemplateResult {
  const {status} = state.import;
  const choose = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (file !== undefined) void state.importFile(file);
  };
  return section(
    'Your own archive',
    html`
      <label class="field">
        <span>A file, chosen here or dropped anywhere</span>
        <input type="file" id="archive" accept=".json,.jsonl,.ndjson,.gz,application/json" @change=${choose} />
      </label>
      <p class="hint">
        JSON Lines <code>{group, topic, id, timestamp, sender, text}</code>, plain or gzip, or Telegram Desktop's
        <code>result.json</code>. It stays in this browser.
      </p>
      <div aria-live="polite">
        ${status.is === 'failed'
          ? html`<p class="error" role="alert"><b>${status.name}</b>: ${status.reason}</p>`
          : nothing}
        ${status.is === 'read' ? found(status.name, status.archive) : nothing}
      </div>
      ${status.is === 'read' ? replay(state, status.archive) : nothing}
    `,
    true,
  );
}

function found(name: string, {conversations, messages, problemCount, problems}: Archive): TemplateResult {
  return html`<p id="archive-found">
      <b>${name}</b>: ${count(messages.length)} messages in ${count(conversations.length)} conversations.
    </p>
    ${problemCount === 0
      ? nothing
      : html`<details class="problems">
          <summary>${count(problemCount)} broken ${problemCount === 1 ? 'part was' : 'parts were'} left out</summary>
          <ul>
            ${problems.map(({where, reason}) => html`<li>${where}: ${reason}</li>`)}
            ${problemCount > problems.length
              ? html`<li>and ${count(problemCount - problems.length)} more</li>`
              : nothing}
          </ul>
        </details>`}`;
}

function replay(state: DemoState, {messages}: Archive): TemplateResult {
  const {begin, rate, playing} = state.replay;
  const position = state.session?.position ?? 0;
  const atEnd = position >= messages.length;
  return html`
    ${sliderField(
      'Replay begins after',
      begin,
      {min: 0, max: 1, step: 0.01},
      (share) => `${Math.round(share * 100)} % of the messages`,
      (share) => state.setReplay({begin: share}),
    )}
    ${sliderField(
      'Speed',
      Math.log(rate) / Math.log(FASTEST),
      {min: 0, max: 1, step: 0.01},
      () => `${count(rate)} a second`,
      (share) => state.setReplay({rate: Math.round(FASTEST ** share)}),
    )}
    <progress max=${messages.length} value=${position} aria-label="Messages that have come in"></progress>
    <p class="hint" id="replay-position">${count(position)} of ${count(messages.length)} messages</p>
    <div class="buttons">
      ${doButton('Start replay', () => state.startReplay())}
      ${doButton(playing || atEnd ? 'Pause' : 'Go on', () => state.setReplay({playing: !playing}), !atEnd)}
      ${doButton('Back to made-up data', () => void state.makeUp())}
    </div>
  `;
}
