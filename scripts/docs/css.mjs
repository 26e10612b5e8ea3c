import {transform} from 'lightningcss';
import {isProperty, PARTS, STATES} from './manifest.mjs';

/**
 * Styles: they parse, and each property, part and state of the elements exists.
 *
 * @param {import('./blocks.mjs').Block} block
 * @param {{css?: string, line?: number, ownParts?: ReadonlySet<string>}} [of] styles that are only a piece of the block, the line
 *   of the page that they begin in, and parts that the page gives to its own rows
 */
export function checkCss(block, {css = block.code, line = block.line + 1, ownParts = new Set()} = {}) {
  const say = (name, message) => {
    const at = css.split('\n').findIndex((text) => text.includes(name));
    block.problems.push({line: line + Math.max(at, 0), message});
  };
  const property = (name) => {
    if (name.startsWith('--im-') && !isProperty(name)) say(name, `no such property: ${name}`);
  };
  const part = (names) => {
    // One of a row template's own may stand with what a placeholder gave it.
    if (names.some((name) => ownParts.has(name))) return;
    for (const name of names) if (!PARTS.has(name)) say(name, `no such part: ${name}`);
  };
  try {
    transform({
      filename: block.page,
      code: Buffer.from(css),
      visitor: {
        Declaration: ({property: kind, value}) => {
          if (kind !== 'custom') return;
          if (value.name.startsWith('--')) property(value.name);
          else say(value.name, `no such CSS property: ${value.name}`);
        },
        Variable: ({name}) => property(name.ident),
        Selector: (selector) => {
          for (const {type, kind, names, state} of selector) {
            if (type === 'pseudo-element' && kind === 'part') part(names);
            if (type === 'pseudo-class' && kind === 'state' && !STATES.has(state)) say(state, `no such state: ${state}`);
          }
        },
      },
    });
  } catch (error) {
    block.problems.push({line: line + (error.loc?.line ?? 1) - 1, message: error.message});
  }
}
