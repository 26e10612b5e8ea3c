import {cleanName} from '../format/text.js';
import type {Strings} from '../locales/strings.js';
import type {ConversationGroup} from '../model/conversation.js';
import type {Facets} from '../store/facets.js';
import {NO_FILTER, type FilterAttributes} from './list-attributes.js';
import {warnOnce} from './warn-once.js';

/** A filter that a person can choose. */
export interface FilterChip {
  /** The word that asks for it. */
  readonly name: string;
  readonly label: string;
  /** What it sets. */
  readonly sets: Partial<FilterAttributes>;
  /** Unread messages in it, where that is known: */
  readonly unread?: number;
  /** at least so many. */
  readonly atLeast?: boolean;
}

/** What the chips depend on. */
export interface ChipSetting {
  readonly strings: Strings;
  /** An app's own labels, by the chips' names. */
  readonly labels: Readonly<Record<string, string>>;
  readonly groups: readonly ConversationGroup[];
  readonly facets: Facets;
  /** Everything there is, is known. */
  readonly complete: boolean;
  /** What is chosen now. */
  readonly chosen: FilterAttributes;
}

type Plain = 'all' | 'unread' | 'mentions' | 'direct' | 'groups' | 'channels' | 'pinned' | 'star' | 'fold' | 'hide';

const PLAIN: Readonly<Record<Plain, readonly [label: keyof Strings, sets: Partial<FilterAttributes>]>> = {
  all: ['all', NO_FILTER],
  unread: ['unreadFilter', {unread: true}],
  mentions: ['mentionsFilter', {mentions: true}],
  direct: ['direct', {type: 'direct'}],
  groups: ['groupsFilter', {type: 'group'}],
  channels: ['channels', {type: 'channel'}],
  pinned: ['pinnedFilter', {pinned: true}],
  star: ['starredFilter', {mark: 'star'}],
  fold: ['foldedFilter', {mark: 'fold'}],
  hide: ['hiddenFilter', {mark: 'hide'}],
};

/** The chips that words ask for, in their order; what a source does not have is left out, each chip comes once. */
export function chipsOf(words: string, setting: ChipSetting): FilterChip[] {
  const chips = new Map<string, FilterChip>();
  for (const word of words.split(/\s+/)) {
    for (const chip of chipsFor(word, setting)) if (!chips.has(chip.name)) chips.set(chip.name, chip);
  }
  return [...chips.values()];
}

/** Whether what is chosen has all that the chip sets; of the chip for everything, that nothing is chosen. */
export function isChosen({sets}: FilterChip, chosen: FilterAttributes): boolean {
  return Object.entries(sets).every(([key, value]) => chosen[key as keyof FilterAttributes] === value);
}

/** What is chosen once the person has pressed a chip. `several`: chips that go together stay. */
export function press(chip: FilterChip, chosen: FilterAttributes, several: boolean): FilterAttributes {
  const rest = several && chip.name !== 'all' ? chosen : NO_FILTER;
  if (chip.name === 'all' || !isChosen(chip, chosen)) return {...rest, ...chip.sets};
  const keys = Object.keys(chip.sets) as (keyof FilterAttributes)[];
  return {...rest, ...Object.fromEntries(keys.map((key) => [key, NO_FILTER[key]]))};
}

function chipsFor(word: string, setting: ChipSetting): FilterChip[] {
  const {facets, groups, labels, chosen} = setting;
  const [kind, ...rest] = word.split(':');
  const name = rest.join(':');
  switch (kind) {
    case '':
      return [];
    case 'marks':
      // Of the services' own marks only those that an app has a word for.
      return [...new Set(['star', 'fold', ...facets.marks].map((mark) => (isPlain(mark) ? mark : `mark:${mark}`)))].flatMap((each) => {
        const mark = each.replace(/^mark:/, '');
        const known = (facets.marks.has(mark) || chosen.mark === mark) && mark !== 'unread' && mark !== 'hide';
        return known && (isPlain(each) || Object.hasOwn(labels, each)) ? chipsFor(each, setting) : [];
      });
    case 'folders':
      return groups.map((group) => folder(group, setting));
    case 'folder': {
      const group = groups.find(({id}) => id === name);
      return group === undefined ? [] : [folder(group, setting)];
    }
    case 'channels':
      return facets.types.has('channel') || chosen.type === 'channel' ? [plain(kind, setting)] : [];
    case 'mark':
      return name === '' ? [] : [{name: word, label: labelOf(word, name, setting), sets: {mark: name}}];
    default:
      if (isPlain(word)) return [plain(word, setting)];
      warnOnce(`chips="${word.slice(0, 64)}" is no filter; use ${[...Object.keys(PLAIN), 'marks', 'folders'].join(', ')}.`);
      return [];
  }
}

function isPlain(word: string): word is Plain {
  return Object.hasOwn(PLAIN, word);
}

function plain(name: Plain, setting: ChipSetting): FilterChip {
  const [label, sets] = PLAIN[name];
  return {name, label: labelOf(name, setting.strings[label] as string, setting), sets};
}

/** The source's own count, or that of what is known, which says so. */
function folder({id, name, unread}: ConversationGroup, setting: ChipSetting): FilterChip {
  const {facets, complete} = setting;
  const chip = {name: `folder:${id}`, label: labelOf(`folder:${id}`, name, setting), sets: {group: id}};
  if (unread !== undefined) return {...chip, unread};
  return {...chip, unread: facets.unread.get(id) ?? 0, atLeast: !complete};
}

function labelOf(name: string, label: string, {labels, strings}: ChipSetting): string {
  return cleanName(Object.hasOwn(labels, name) ? labels[name] : label, strings.unnamed);
}
