/** An element as it is sent and received: only what XMPP allows, which is elements, attributes and text. */
export interface Xml {
  readonly name: string;
  readonly ns: string;
  readonly attrs: ReadonlyMap<string, string>;
  readonly children: readonly (Xml | string)[];
}

/** Attributes to be written; those that are `undefined` are left out. */
export type Attrs = Readonly<Record<string, string | number | undefined>>;
type Child = Xml | string | undefined | false;

const ESCAPES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;'};
/** What XML has no way to write: controls, halves of a pair, the two that are no characters. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** Makes an element. */
export function xml(name: string, ns: string, attrs: Attrs = {}, ...children: readonly Child[]): Xml {
  const given = Object.entries(attrs).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)] as const]));
  const inner = children.filter((child): child is Xml | string => child !== undefined && child !== false);
  return {name, ns, attrs: new Map(given), children: inner};
}

/** As it goes over the wire; what XML cannot hold is left out. */
export function write({name, ns, attrs, children}: Xml, outer = ''): string {
  const space = ns === outer ? '' : ` xmlns="${escape(ns)}"`;
  const given = Array.from(attrs, ([key, value]) => ` ${key}="${escape(value)}"`).join('');
  const inner = children.map((child) => (typeof child === 'string' ? escape(child) : write(child, ns))).join('');
  return inner === '' ? `<${name}${space}${given}/>` : `<${name}${space}${given}>${inner}</${name}>`;
}

function escape(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** The element children, of one name and namespace if they are given. */
export function all(parent: Xml | undefined, name?: string, ns?: string): Xml[] {
  return (parent?.children ?? []).filter(
    (child): child is Xml =>
      typeof child !== 'string' && (name === undefined || child.name === name) && (ns === undefined || child.ns === ns),
  );
}

/** The first such child. */
export function child(parent: Xml | undefined, name?: string, ns?: string): Xml | undefined {
  return all(parent, name, ns)[0];
}

/** The text right inside an element. */
export function textOf(element: Xml | undefined): string {
  return (element?.children ?? []).filter((part) => typeof part === 'string').join('');
}

export function attr(element: Xml | undefined, name: string): string | undefined {
  return element?.attrs.get(name);
}
