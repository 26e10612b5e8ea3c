import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {diffRows, HeldOrder} from '../store/held-order.js';
import type {ConversationRows, ConversationSnapshot} from '../store/snapshot.js';

/** Why the order is held. */
export type HoldReason = 'pointer' | 'touch' | 'focus' | 'menu';

/** A pointer or a focus that has not moved for so long holds nothing any more, ms. Telegram Desktop's figure. */
const REST = 5000;

/**
 * Keeps rows where they are while a person is about to act on one.
 *
 * While the pointer moves over the list, a finger is down, a menu is open or a focused row is in use, the order
 * stands still and contents go on; on leave, or after five seconds without movement, it is applied. What was painted is
 * what is held: the hold begins with the rows of the last render.
 */
export class OrderHoldController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #enabled = true;
  #reasons = new Set<HoldReason>();
  #timers = new Map<HoldReason, ReturnType<typeof setTimeout>>();
  #held: HeldOrder | undefined;
  readonly #dismissed = new Set<string>();
  /** What the last render was about, and the rows that it showed. */
  #snapshot: ConversationSnapshot | undefined;
  #shown: ConversationRows | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Off: every change moves rows at once. */
  set enabled(enabled: boolean) {
    this.#enabled = enabled;
    if (!enabled) this.release();
  }

  /** How many rows would move, come or go if the hold ended now. */
  get waiting(): number {
    return this.#held?.waiting ?? 0;
  }

  /** The row is shown only because the order is held; its conversation has left the list. */
  isGone(id: string): boolean {
    return this.#held?.isGone(id) === true;
  }

  /** The rows to show now. Called at each render. */
  rows(snapshot: ConversationSnapshot): ConversationRows {
    const before = this.#snapshot;
    this.#snapshot = snapshot;
    // Another list altogether has no order to keep, nor has one that was empty.
    const asked = snapshot.filter === before?.filter && snapshot.search?.query === before.search?.query;
    const same = asked && snapshot.origin === before.origin && before.rows.length > 0;
    if (!same || snapshot.order !== before?.order) this.#end();
    if (this.#held === undefined || before === undefined) return (this.#shown = snapshot.rows);
    if (snapshot.rows === before.rows) return this.#shown as ConversationRows;
    this.#held.apply(diffRows(before.rows.ordered, snapshot.rows.ordered));
    return (this.#shown = snapshot.rows.heldBy(this.#held));
  }

  /** A person is about to act: holds the order. `rests` ends it after five seconds without another sign. */
  hold(reason: HoldReason, rests = reason === 'pointer' || reason === 'focus'): void {
    if (!this.#enabled || this.#snapshot === undefined) return;
    this.#reasons.add(reason);
    clearTimeout(this.#timers.get(reason));
    if (rests) this.#timers.set(reason, setTimeout(() => this.let(reason), REST));
    this.#held ??= new HeldOrder(this.#snapshot.rows.ordered, this.#dismissed);
  }

  /** The person has sent a conversation away: its row goes at once, held or not. */
  dismiss(id: string): void {
    this.#dismissed.add(id);
  }

  /** A reason has ended; with the last one the order is applied. */
  let(reason: HoldReason): void {
    clearTimeout(this.#timers.get(reason));
    this.#timers.delete(reason);
    if (this.#reasons.delete(reason) && this.#reasons.size === 0) this.release();
  }

  /** Applies the order now, whatever the reasons. */
  release(): void {
    const held = this.#held !== undefined;
    this.#end();
    if (held) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#end();
    this.#snapshot = this.#shown = undefined;
  }

  #end(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#reasons.clear();
    // With no hold they are kept for the next, which may begin before they are gone.
    if (this.#held !== undefined) this.#dismissed.clear();
    this.#held = undefined;
  }
}
