import type {Conversation, LastMessage, MessageState} from '../../src/model/conversation.js';
import {Random, subSeed} from '../../src/testing/random.js';
import type {MadeUp} from './made-up.js';

/** A message as the conversation pane shows it. */
export interface PaneMessage {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly isOwn: boolean;
  readonly senderName?: string;
  readonly state: MessageState;
}

/** A last message as the pane shows it. */
export function toPaneMessage(message: LastMessage): PaneMessage {
  const {id = '', type, text = '', sentAt = 0, isOwn = false, senderName, state} = message;
  return {id, type, text, sentAt, isOwn, state, ...(senderName !== undefined && {senderName})};
}

const MINUTE = 60_000;

/** What was said in a made-up conversation before its last message: the same each time, and nothing twice. */
export function madeUpHistory(conversation: Conversation, madeUp: MadeUp): PaneMessage[] {
  const {id, lastMessage} = conversation;
  if (!lastMessage) return [];
  const random = new Random(subSeed(hash(id), 0));
  const twoWay = conversation.type === 'direct' || conversation.type === 'group';
  const members = Array.from({length: 4}, () => madeUp.message(conversation, random).senderName);
  const history = [toPaneMessage(lastMessage)];
  const said = new Set([lastMessage.text]);
  let at = lastMessage.sentAt ?? Date.now();
  for (let tries = 40; tries > 0 && history.length < 9; tries--) {
    const {type, text = ''} = madeUp.message(conversation, random);
    if (said.has(text)) continue;
    said.add(text);
    at -= random.integer(1, 10) ** 2 * MINUTE;
    const isOwn = twoWay && random.chance(0.45);
    history.push({
      id: `${id}-${history.length}`,
      type,
      text,
      sentAt: at,
      isOwn,
      ...(!isOwn && {senderName: random.pick(members)}),
      state: 'normal',
    });
  }
  return history.reverse();
}

function hash(text: string): number {
  let mixed = 0;
  for (let i = 0; i < text.length; i++) mixed = (Math.imul(mixed, 31) + text.charCodeAt(i)) | 0;
  return mixed;
}
