import {html, nothing, type TemplateResult} from 'lit';
import {SourceError} from '../../../src/model/errors.js';
import type {SourceEvent} from '../../../src/model/source.js';
import type {DemoState} from '../../state/demo-state.js';
import {doButton, section, sliderField, switchField} from '../fields.js';

/** Everything that can go on, or go wrong, behind the list. */
export function statesSection(state: DemoState): TemplateResult {
  const {feed, latency, slowPages, sendingFails} = state.settings;
  const source = state.session?.source;
  // An array has no pages, no connection and nothing to catch up with.
  const usable = feed !== 'array' && source !== undefined;
  const button = (label: string, run: () => void): TemplateResult => doButton(label, run, usable);
  const tell = (event: SourceEvent) => () => source?.emit(event);
  return section(
    'States',
    html`
      <h3>Syncing</h3>
      <div class="buttons">
        ${button('Start', () => source?.syncStart())}
        ${button('40 %', tell({type: 'sync', phase: 'progress', progress: 0.4}))}
        ${button('Finish', () => source?.syncFinish())}
        ${button('Fail', () => source?.syncFail(new SourceError('network', 'The server did not answer.')))}
      </div>
      <h3>Connection</h3>
      <div class="buttons">
        ${button('Online', tell({type: 'connection', state: 'online'}))}
        ${button('Connecting', tell({type: 'connection', state: 'connecting'}))}
        ${button('Offline', tell({type: 'connection', state: 'offline'}))}
        ${button('Kicked', tell({type: 'connection', state: 'kicked'}))}
        ${button('Expired', tell({type: 'connection', state: 'expired'}))}
      </div>
      <h3>Pages</h3>
      <div class="buttons">
        ${button('Next page fails', () => source?.failNextPage(new SourceError('network', 'The connection was lost.')))}
        ${button('First page fails', () => {
          source?.failNextPage(new SourceError('server', 'The server is being repaired.'));
          state.reload();
        })}
        ${button('Load anew', () => state.reload())}
      </div>
      ${switchField('Slow pages', slowPages, (on) => state.set({slowPages: on}))}
      ${switchField('Sending fails', sendingFails, (on) => state.set({sendingFails: on}))}
      ${sliderField(
        'Latency',
        latency,
        {min: 0, max: 3000, step: 20},
        (ms) => `${ms} ms`,
        (ms) => state.set({latency: ms}),
      )}
      ${usable ? nothing : html`<p class="hint">An array has no pages and no connection.</p>`}
    `,
  );
}
