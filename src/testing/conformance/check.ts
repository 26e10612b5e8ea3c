import type {Conversation} from '../../model/conversation.js';
import type {ConversationSource, OpName, SourceCapabilities} from '../../model/source.js';
import type {Harness} from './harness.js';
import type {ConformanceSubject, ControlName} from './subject.js';

/** One rule that a source has to keep. */
export interface Check {
  /** The rule; the name of the test. */
  readonly name: string;
  /** What comes of breaking it. */
  readonly why: string;
  readonly needs?: readonly Need[];
  run(h: Harness): Promise<void>;
}

/** What must be there for a check to say anything. */
export interface Need {
  readonly label: string;
  met(subject: ConformanceSubject): boolean;
}

export function control(...names: readonly ControlName[]): Need {
  return {
    label: `the control ${names.map((name) => `\`${name}\``).join(', ')}`,
    met: (subject) => names.every((name) => typeof subject[name] === 'function'),
  };
}

export function method(name: keyof ConversationSource): Need {
  return {label: `\`${name}()\``, met: ({source}) => typeof source[name] === 'function'};
}

export function op(name: OpName): Need {
  return {label: `the action \`${name}\``, met: ({source}) => has(source.capabilities?.ops, name)};
}

export function paging(...kinds: readonly SourceCapabilities['paging'][]): Need {
  return {
    label: `paging ${kinds.map((kind) => `\`${kind}\``).join(', ')}`,
    met: ({source}) => kinds.includes(source.capabilities?.paging),
  };
}

/** A capability that is a boolean. */
export function able(name: 'deleteEvents' | 'syncEvents' | 'unreadTotal'): Need {
  return {label: `\`${name}\``, met: ({source}) => source.capabilities?.[name] === true};
}

/** Content without which the check would hold of any source. */
export function content(label: string, test: (conversation: Conversation) => boolean): Need {
  return {label: `${label} in the content`, met: ({conversations}) => conversations.some(test)};
}

/** Capabilities come from plain JavaScript, and may lack what they promise. */
export function has(set: unknown, value: unknown): boolean {
  if (Array.isArray(set)) return set.includes(value);
  return typeof (set as Set<unknown> | undefined)?.has === 'function' && (set as Set<unknown>).has(value);
}

/** What was seen that breaks a rule. The kit adds the rule and the reason for it. */
export class Broken extends Error {}

/** @throws Broken unless the condition holds. */
export function ensure(condition: unknown, seen: string): asserts condition {
  if (!condition) throw new Broken(seen);
}

/** A value in a message: short, and whatever it is. */
export function show(value: unknown): string {
  let text: string;
  try {
    text =
      typeof value === 'object' && value !== null && !(value instanceof Error)
        ? JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))
        : typeof value === 'string'
          ? JSON.stringify(value)
          : String(value);
  } catch {
    text = typeof value;
  }
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
