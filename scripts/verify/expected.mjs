/**
 * What a list must show of an archive, worked out by a plain sort, without any of the list's own code but the
 * cleaning of texts.
 */
import {readFileSync, openAsBlob} from 'node:fs';
import {gunzipSync} from 'node:zlib';

/**
 * @param {string} file
 * @param {number | undefined} limit so many messages are taken, in the order of the file
 * @param {(path: string) => Promise<any>} load a module of this checkout
 * @returns {Promise<{rows: import('./compare.mjs').ExpectedRow[], messages: number}>}
 */
export async function expectedRows(file, limit, load) {
  const {cleanText, cleanName} = await load('src/format/text.ts');
  const {en} = await load('src/locales/en.ts');
  const messages = (await readMessages(file, load, limit)).slice(0, limit);

  const last = new Map();
  for (const message of messages) {
    const before = last.get(message.conversation);
    // The later in the file wins among those of one moment.
    if (before === undefined || message.sentAt >= before.sentAt) last.set(message.conversation, message);
  }
  const rows = [...last.values()].map(({conversation, title, type, text, sentAt}) => ({
    id: conversation,
    rawTitle: title,
    title: cleanName(title, en.unnamed),
    text,
    preview: previewOf(type, cleanText(text), en),
    sentAt,
  }));
  rows.sort((a, b) => b.sentAt - a.sentAt || (a.id < b.id ? -1 : 1));
  return {rows, messages: messages.length};
}

function previewOf(type, text, {messageTypes, message, withDetail}) {
  if (type === 'text') return text;
  const kind = Object.hasOwn(messageTypes, type) ? messageTypes[type] : undefined;
  return kind && text ? withDetail(kind, text) : kind || text || message;
}

async function readMessages(file, load, limit) {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  if (/^\uFEFF?\s*\{\s*\n/.test(text)) return telegram(file, load, limit);
  const messages = text.replace(/^\uFEFF/, '').split('\n').map(jsonLine);
  return messages.filter((message) => message !== undefined);
}

function jsonLine(line) {
  try {
    const {group = '', topic, id = '', timestamp, text = ''} = JSON.parse(line);
    const strings = [group, topic, text].every((value) => typeof value === 'string');
    const sentAt = Math.round(timestamp * 1000);
    const good = typeof timestamp === 'number' && sentAt >= 0 && sentAt <= 8.64e15;
    if (!strings || !good || !['string', 'number'].includes(typeof id)) return undefined;
    return {conversation: JSON.stringify([group, topic]), title: topic, type: 'text', text, sentAt};
  } catch {
    return undefined;
  }
}

/** The format's many shapes are read by the demo's own reader; the order is still worked out here. */
async function telegram(file, load, limit) {
  const {readArchive} = await load('demo/archive/read-archive.ts');
  const {messages} = await readArchive(await openAsBlob(file), limit === undefined ? {} : {limit});
  return messages.map(({conversation: {id, title}, type, text, sentAt}) => ({
    conversation: id,
    title,
    type,
    text,
    sentAt,
  }));
}
