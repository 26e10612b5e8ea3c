import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {state as internalState} from 'lit/decorators/state.js';
import type {ImErrorEvent} from '../../src/events/error-event.js';
import {httpsOnly} from '../../src/format/avatar.js';
import {toSourceError} from '../../src/model/errors.js';
import type {ConnectionState, ConversationSource, SourceEvent} from '../../src/model/source.js';
import {KINDS, type Field, type Kind} from './kinds.js';

const STATES: Readonly<Record<ConnectionState, string>> = {
  connecting: 'Connecting …',
  online: 'Connected',
  offline: 'No connection; trying again …',
  kicked: 'Another client has taken the session',
  expired: 'The login was refused',
};

/** The page on which the list is connected to one of several kinds of back end. */
export class ConnectPage extends LitElement {
  @internalState() private _kind: Kind = KINDS.find(({id}) => id === asked('kind')) ?? (KINDS[0] as Kind);
  @internalState() private _status = '';
  @internalState() private _error = '';
  @internalState() private _source: ConversationSource | undefined;
  #end: () => void = () => undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disconnect();
  }

  protected override render(): TemplateResult {
    const {fields, hint} = this._kind;
    return html`<div class="page">
      <div class="side">
        <h1>Connect</h1>
        <form @submit=${this.#handleSubmit}>
          <label>
            Back end
            <select name="kind" @change=${this.#handleKind}>
              ${KINDS.map((kind) => html`<option value=${kind.id} .selected=${kind === this._kind}>${kind.label}</option>`)}
            </select>
          </label>
          ${fields.map((field) => this.#field(field))}
          <p class="hint">${hint}</p>
          <div class="buttons">
            <button type="submit">Connect</button>
            <button type="button" class="secondary outline" ?disabled=${!this._source} @click=${this.#disconnect}>Disconnect</button>
          </div>
        </form>
        <p role="status">${this._status}</p>
        ${this._error === '' ? nothing : html`<p role="alert">${this._error}</p>`}
        <p class="hint"><a href="./index.html">The other demo</a> makes conversations up.</p>
      </div>
      <im-conversation-provider .source=${this._source ?? null}>
        <section class="chats" aria-label="Conversations">
          <div class="bar"><span>Chats</span> <im-unread-badge max="999"></im-unread-badge></div>
          <im-conversation-list .avatarPolicy=${avatars} @im-error=${this.#handleError}></im-conversation-list>
        </section>
      </im-conversation-provider>
    </div>`;
  }

  #field({name, label, type, value, autocomplete}: Field): TemplateResult {
    return html`<label>
      ${label}
      <input
        name=${name}
        type=${type}
        .value=${asked(name) ?? value}
        autocomplete=${autocomplete}
        spellcheck="false"
        required
      />
    </label>`;
  }

  #handleKind(event: Event): void {
    const {value} = event.currentTarget as HTMLSelectElement;
    this._kind = KINDS.find(({id}) => id === value) ?? this._kind;
  }

  #handleError(event: ImErrorEvent): void {
    // Not every back end knows an unread total; the badge stays away then.
    if (event.origin !== 'unread') this._error = toSourceError(event.error).message;
  }

  async #handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    this.#disconnect();
    const kind = this._kind;
    const isCurrent = (): boolean => kind === this._kind && this.isConnected;
    this._status = STATES.connecting;
    try {
      const source = await kind.connect(new Map([...data].map(([name, value]) => [name, String(value)])));
      if (!isCurrent()) return source.dispose?.();
      const stop = source.subscribe((change) => this.#handleChange(change));
      this.#end = () => {
        stop();
        source.dispose?.();
      };
      this._source = source;
      if (!source.capabilities.syncEvents) this._status = STATES.online;
    } catch (thrown) {
      this._status = '';
      this._error = toSourceError(thrown).message;
    }
  }

  #handleChange(change: SourceEvent): void {
    if (change.type !== 'connection') return;
    this._status = STATES[change.state];
    if (change.state === 'online') this._error = '';
  }

  #disconnect = (): void => {
    this.#end();
    this.#end = () => undefined;
    this._source = undefined;
    this._status = this._error = '';
  };
}

/** What the address presets, as in `?kind=xmpp&url=ws://localhost:5280/xmpp-websocket`; never a password. */
function asked(name: string): string | undefined {
  return name === 'password' ? undefined : (new URLSearchParams(location.search).get(name) ?? undefined);
}

/** Pictures that come over the connection have addresses of this page's own. */
const avatars = (url: string): string | undefined => (url.startsWith('blob:') ? url : httpsOnly(url));
