import type {SourceErrorCode} from '../../model/errors.js';
import type {SourceEvent} from '../../model/source.js';
import {readConversation} from '../../model/validate.js';
import {ensure, show} from './check.js';

const CODES: readonly unknown[] = [
  'not-ready',
  'auth',
  'network',
  'timeout',
  'rate-limited',
  'not-found',
  'forbidden',
  'limit-exceeded',
  'unsupported',
  'invalid-argument',
  'invalid-data',
  'cursor-cycle',
  'aborted',
  'server',
  'unknown',
] satisfies SourceErrorCode[];

const PHASES: readonly unknown[] = ['start', 'progress', 'finish', 'fail'];
const STATES: readonly unknown[] = ['connecting', 'online', 'offline', 'kicked', 'expired'];
const REASONS: readonly unknown[] = [undefined, 'deleted', 'left', 'hidden', 'filtered'];
const RESETS: readonly unknown[] = ['login', 'logout', 'gap'];

/** By its shape and not its class, of which a page may hold two copies. */
export function ensureSourceError(value: unknown, where: string): void {
  ensure(value instanceof Error && value.name === 'SourceError', `${where} is no SourceError but ${show(value)}`);
  const {code, retryable, retryAfterMs, message} = value as Error & Readonly<Record<string, unknown>>;
  ensure(CODES.includes(code), `${where} has the code ${show(code)}, which is none of a SourceError's`);
  ensure(typeof retryable === 'boolean', `${where} has retryable ${show(retryable)} instead of a boolean`);
  ensure(
    retryAfterMs === undefined || (typeof retryAfterMs === 'number' && retryAfterMs >= 0),
    `${where} has retryAfterMs ${show(retryAfterMs)} instead of milliseconds`,
  );
  ensure(typeof message === 'string', `${where} has the message ${show(message)} instead of a string`);
}

export function ensurePage(value: unknown, where: string): void {
  ensure(typeof value === 'object' && value !== null, `${where} is ${show(value)} instead of a page`);
  const {conversations, done, authoritative} = value as Readonly<Record<string, unknown>>;
  ensure(Array.isArray(conversations), `${where} has conversations ${show(conversations)} instead of an array`);
  ensure(typeof done === 'boolean', `${where} has done ${show(done)} instead of true or false`);
  ensure(
    authoritative === undefined || typeof authoritative === 'boolean',
    `${where} has authoritative ${show(authoritative)} instead of true or false`,
  );
}

export function ensureConversation(value: unknown, where: string): void {
  const {problems} = readConversation(value);
  const wrong = problems.map((name) => {
    const part = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : value;
    return `${name} ${show(part)}`;
  });
  ensure(problems.length === 0, `${where} has wrong values: ${wrong.join(', ')}`);
}

/** As `Array.isArray`, which would make `any` of the elements. */
export function isList(value: unknown): boolean {
  return Array.isArray(value);
}

export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
}

export function ensureResults(value: unknown, ids: readonly string[], where: string): void {
  ensure(Array.isArray(value), `${where} resolves to ${show(value)} instead of an array of results`);
  const results = value as readonly {readonly id?: unknown; readonly error?: unknown}[];
  for (const result of results) {
    ensure(typeof result?.id === 'string', `${where} has the result ${show(result)}, which names no id`);
    if (result.error !== undefined) ensureSourceError(result.error, `${where}: the error of ${show(result.id)}`);
  }
  for (const id of ids) {
    ensure(results.filter((result) => result.id === id).length === 1, `${where} has not one result for ${show(id)}`);
  }
}

export function ensureEvent(value: unknown): void {
  ensure(typeof value === 'object' && value !== null, `an event is ${show(value)} instead of an object`);
  const event = value as SourceEvent;
  const where = `a \`${show(event.type)}\` event`;
  switch (event.type) {
    case 'upsert':
    case 'snapshot':
      ensure(isList(event.conversations), `${where} has no array of conversations`);
      event.conversations.forEach((c: unknown) => ensureConversation(c, `a conversation of ${where}`));
      if (event.type === 'upsert') {
        ensure([undefined, true, false].includes(event.isNew), `${where} has isNew ${show(event.isNew)}`);
      } else ensure(typeof event.complete === 'boolean', `${where} has no boolean \`complete\``);
      break;
    case 'remove':
      ensure(isList(event.ids), `${where} has no array of ids`);
      for (const id of event.ids as readonly unknown[]) {
        ensure(typeof id === 'string' && id !== '', `${where} names the id ${show(id)}`);
      }
      ensure(REASONS.includes(event.reason), `${where} has the reason ${show(event.reason)}`);
      break;
    case 'sync':
      ensure(PHASES.includes(event.phase), `${where} has the phase ${show(event.phase)}`);
      ensure(
        event.progress === undefined || (event.progress >= 0 && event.progress <= 1),
        `${where} has progress ${show(event.progress)}, which is not from 0 to 1`,
      );
      if (event.error !== undefined) ensureSourceError(event.error, `the error of ${where}`);
      break;
    case 'connection':
      ensure(STATES.includes(event.state), `${where} has the state ${show(event.state)}`);
      break;
    case 'unread':
      ensure(isCount(event.total), `${where} has the total ${show(event.total)}, which is no count`);
      break;
    case 'groups':
      ensure(isList(event.groups), `${where} has no array of groups`);
      for (const group of event.groups) {
        const good = typeof group?.id === 'string' && typeof group.name === 'string';
        ensure(good, `${where} has the group ${show(group)}`);
      }
      break;
    case 'reset':
      ensure(RESETS.includes(event.reason), `${where} has the reason ${show(event.reason)}`);
      break;
    default:
      ensure(false, `an event has the unknown type ${show((event as {type?: unknown}).type)}`);
  }
}
