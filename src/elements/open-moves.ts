import {nearestUnread} from '../store/unread-counts.js';
import type {HandsHost, OpenPlace} from './hands-host.js';

/** Where to go from the open conversation. */
export interface MoveOptions {
  /** Only to conversations that call: unread, and not muted. */
  readonly unread?: boolean;
}

/**
 * Opens another conversation as the person would: for an app's own keys, such as Alt+↓.
 *
 * Moves asked for while one waits for a page are made one after the other.
 */
export class OpenMoves {
  readonly #host: HandsHost;
  readonly #place: () => OpenPlace;
  #last: Promise<boolean> = Promise.resolve(false);

  /** @param place - where the open conversation stands; one that has left the list keeps its place */
  constructor(host: HandsHost, place: () => OpenPlace) {
    this.#host = host;
    this.#place = place;
  }

  /** Opens the nearest below (1) or above (-1) the open one. */
  async step(step: 1 | -1, options?: MoveOptions | null): Promise<boolean> {
    const unread = options?.unread === true;
    return this.#queue(() => this.#go(() => this.#beside(step, unread), step > 0));
  }

  /** Opens the one at an index, from 0. */
  async at(index: number): Promise<boolean> {
    if (!Number.isInteger(index) || index < 0) return false;
    return this.#queue(() => this.#go(() => this.#skip(index, 1), true));
  }

  async #queue(move: () => Promise<boolean>): Promise<boolean> {
    return (this.#last = this.#last.then(move, move));
  }

  /**
   * @param find - the index of the row to open; -1 if there is none among those that are loaded
   * @param loads - it may be on a page to come
   */
  async #go(find: () => number, loads: boolean): Promise<boolean> {
    const {list, rows, store: storeNow} = this.#host;
    const store = storeNow();
    while (store !== undefined && store === storeNow() && list.isConnected) {
      // What has changed may not be drawn yet.
      list.requestUpdate();
      await list.updateComplete;
      const index = find();
      const id = rows().at(index)?.id;
      if (id !== undefined) return this.#open(id, index);
      if (!loads || store.snapshot.page.status === 'done') return false;
      await store.loadMore();
      if (store.snapshot.page.status === 'failed') return false;
    }
    return false;
  }

  #open(id: string, index: number): boolean {
    const {list, focus, scrollToIndex} = this.#host;
    if (!list.open(id)) return false;
    if (focus.within) focus.moveTo(index);
    else scrollToIndex(index);
    return true;
  }

  #beside(step: 1 | -1, unread: boolean): number {
    const {list, rows} = this.#host;
    const {ordered} = rows();
    const open = list.selectedId;
    const place = this.#place();
    let index = typeof open === 'string' ? rows().indexOf(open) : -1;
    if (index >= 0) index += step;
    // Gone since it was opened: those below it have moved up to where it was.
    else if (place !== undefined) index = ordered.rank(place) - (step > 0 ? 0 : 1);
    else index = step > 0 ? 0 : -1;
    if (!unread) return this.#skip(index, step);
    do index = nearestUnread(ordered, index, step);
    while (index >= 0 && this.#isGone(index) && (index += step) >= 0);
    return index;
  }

  /** The nearest row that is not gone, from an index on. */
  #skip(index: number, step: 1 | -1): number {
    while (index >= 0 && index < this.#host.rows().length && this.#isGone(index)) index += step;
    return index;
  }

  #isGone(index: number): boolean {
    return this.#host.isGone(this.#host.rows().at(index)?.id ?? '');
  }
}
