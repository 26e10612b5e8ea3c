import {virtualize, virtualizerRef, type VirtualizerHostElement} from '@lit-labs/virtualizer/virtualize.js';
import {nothing, render} from 'lit';
import type {Core, FixedRowLayout} from './fixed-row-layout.js';

type CoreClass = Core['constructor'] & (new (config: object) => Core);

let coreClass: CoreClass | undefined;

/**
 * The core class of `@lit-labs/virtualizer`.
 *
 * The package exports it under no name (`Virtualizer.js` is missing from its exports), but its directive leaves
 * an instance at an exported symbol. One is made once, on a node that is never shown, and ended at once.
 */
function loadCore(): CoreClass {
  if (coreClass === undefined) {
    const host: VirtualizerHostElement = document.createElement('div');
    const part = render(virtualize({items: [], scroller: true, layout: {type: NoLayout} as never}), host);
    const core = host[virtualizerRef] as Core;
    part.setConnected(false);
    render(nothing, host);
    coreClass = core.constructor as CoreClass;
  }
  return coreClass;
}

/** Stands in for a layout where nothing is laid out. */
class NoLayout {
  reflowIfNeeded(): void {
    // The instance it belongs to ends before it is asked.
  }
}

/** A core that watches `scroller` and asks `layout`. It does nothing until it is told that it is `connected()`. */
export function createCore(scroller: HTMLElement, layout: FixedRowLayout): Core {
  // A constructor that returns an object of its own: the core makes its layout itself, and ours exists already.
  const Type = function (sink: Parameters<FixedRowLayout['attach']>[0]) {
    layout.attach(sink);
    return layout;
  };
  // The core gives a scroller `min-height: 150px` unless it has one.
  scroller.style.minHeight = '0px';
  return new (loadCore())({hostElement: scroller, scroller: true, layout: {type: Type}});
}
