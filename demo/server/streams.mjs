/**
 * The streams of changes that are open at this server.
 *
 * A stream has no queue: it has a position, and is written what is newer as fast as its reader takes it. So a slow reader
 * costs what lies in its socket, and gets the newest state of each conversation when it comes round.
 */

/** Conversations read at once. */
const LIMIT = 100;

export class Streams {
  #store;
  #options;
  /** By person. */
  #open = new Map();
  #beat;
  #sweep;

  /**
   * @param options.beatMs between two signs of life
   * @param options.patienceMs how long a reader may take nothing before its stream is closed
   * @param options.perUser how many a person may have
   * @param options.sweepMs between two looks for changes that no bus has told; 0: none
   */
  constructor(store, options = {}) {
    this.#store = store;
    this.#options = {beatMs: 15_000, patienceMs: 30_000, perUser: 20, sweepMs: 0, ...options};
    this.#beat = setInterval(() => this.#each((stream) => this.#alive(stream)), this.#options.beatMs);
    if (this.#options.sweepMs > 0) this.#sweep = setInterval(() => void this.#look(), this.#options.sweepMs);
  }

  get size() {
    return [...this.#open.values()].reduce((sum, streams) => sum + streams.size, 0);
  }

  full(userId) {
    return (this.#open.get(userId)?.size ?? 0) >= this.#options.perUser;
  }

  /** Begins a stream to `response` after an event id, or from now. */
  async add(userId, response, after) {
    const {version, oldest} = await this.#store.state(userId);
    // Gone meanwhile: nothing would tell once more.
    if (response.destroyed) return;
    const asked = (after ?? '').split('.').at(-1);
    const position = /^\d{1,15}$/.test(asked) ? Number(asked) : -1;
    const resumed = after === this.#store.place(userId, position) && position >= oldest && position <= version;
    const stream = {userId, response, position: resumed ? position : version, unread: -1, busy: false, again: false, since: 0};
    const streams = this.#open.get(userId) ?? new Set();
    this.#open.set(userId, streams.add(stream));
    response.on('close', () => {
      streams.delete(stream);
      if (streams.size === 0 && this.#open.get(userId) === streams) this.#open.delete(userId);
    });
    response.on('drain', () => {
      stream.since = 0;
      void this.#flush(stream);
    });
    response.on('error', () => response.destroy());
    this.#write(stream, `retry: 1000\n${event('hello', {resumed}, this.#store.place(userId, stream.position))}`);
    await this.#flush(stream);
  }

  /** Lists of these people have changed. */
  changed(userIds) {
    for (const userId of userIds) for (const stream of this.#open.get(userId) ?? []) void this.#flush(stream);
  }

  close() {
    clearInterval(this.#beat);
    clearInterval(this.#sweep);
    this.#each(({response}) => response.end());
  }

  async #flush(stream) {
    // A reader that is behind is written to when it has caught up.
    if (stream.busy || stream.response.writableNeedDrain) return void (stream.again = true);
    stream.busy = true;
    try {
      do {
        stream.again = false;
        const {rows, groups, unread, upTo, oldest} = await this.#store.since(stream.userId, stream.position, LIMIT);
        if (stream.response.destroyed) return;
        // What came next is forgotten: when the reader comes back, it hears that.
        if (stream.position < oldest) return void stream.response.destroy();
        this.#tell(stream, rows, groups, unread, upTo);
        if (upTo > stream.position) stream.position = upTo;
        if (rows.length === LIMIT) stream.again = true;
      } while (stream.again && !stream.response.writableNeedDrain);
    } catch (error) {
      console.error(error);
      // The reader comes back and goes on where it stood.
      stream.response.destroy();
    } finally {
      stream.busy = false;
    }
  }

  #tell(stream, rows, groups, unread, upTo) {
    const kept = rows.filter(({deleted}) => deleted === 0);
    const gone = rows.filter(({deleted}) => deleted === 1);
    const parts = [];
    if (kept.length > 0) parts.push(['upsert', {conversations: kept.map(this.#options.toWire)}]);
    if (gone.length > 0) parts.push(['remove', {ids: gone.map(({id}) => id), reason: 'deleted'}]);
    if (groups) parts.push(['groups', {groups}]);
    if (unread !== stream.unread) parts.push(['unread', {total: unread}]);
    stream.unread = unread;
    // Only the last of them says that all of them have been told.
    const text = parts.map(([name, data], i) => event(name, data, i === parts.length - 1 ? this.#store.place(stream.userId, upTo) : undefined));
    if (text.length > 0) this.#write(stream, text.join(''));
  }

  #write(stream, text) {
    if (!stream.response.write(text) && stream.since === 0) stream.since = Date.now();
  }

  #alive(stream) {
    const {response, since} = stream;
    if (since > 0 && Date.now() - since > this.#options.patienceMs) response.destroy();
    else if (!response.writableNeedDrain) this.#write(stream, ':\n\n');
  }

  /** Finds the lists that have moved on without a word. */
  async #look() {
    try {
      const userIds = [...this.#open.keys()];
      for (let at = 0; at < userIds.length; at += 500) {
        const versions = await this.#store.versions(userIds.slice(at, at + 500));
        this.#each((stream) => {
          if ((versions.get(stream.userId) ?? 0) > stream.position) void this.#flush(stream);
        });
      }
    } catch (error) {
      console.error(error);
    }
  }

  #each(call) {
    for (const streams of this.#open.values()) for (const stream of streams) call(stream);
  }
}

function event(name, data, id) {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
