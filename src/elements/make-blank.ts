/**
 * Makes an element like a blank one, of the nodes that it has: what the blank one has not goes, what is missing comes.
 *
 * Its nodes stay whatever they show, so that nothing is taken for granted that another version of the package, or another
 * language, may have put into them.
 */
export function makeBlank(element: Element, blank: Element): void {
  for (const name of element.getAttributeNames()) if (!blank.hasAttribute(name)) element.removeAttribute(name);
  for (const attribute of blank.attributes) element.setAttributeNode(attribute.cloneNode() as Attr);
  if (blank.firstElementChild === null) {
    element.textContent = '';
    return;
  }
  let next = element.firstElementChild;
  for (const part of blank.children) {
    while (next !== null && !isAlike(next, part)) {
      const extra: Element = next;
      next = extra.nextElementSibling;
      extra.remove();
    }
    if (next === null) {
      element.append(part.cloneNode(true));
    } else {
      makeBlank(next, part);
      next = next.nextElementSibling;
    }
  }
  while (element.children.length > blank.children.length) element.lastElementChild?.remove();
}

/** By the first class, which names what an element is; others tell its state. */
function isAlike(one: Element, other: Element): boolean {
  return one.localName === other.localName && one.classList[0] === other.classList[0];
}
