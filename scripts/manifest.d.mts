/** Something that the manifest names; which of the rest is there depends on what it is. */
export interface Named {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: {readonly text: string};
  readonly kind?: string;
  readonly static?: boolean;
  readonly readonly?: boolean;
  readonly privacy?: string;
  readonly attribute?: string;
}

/** A class in the manifest. */
export interface Declaration extends Named {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly members?: readonly Named[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly cssStates?: readonly Named[];
}

/** `custom-elements.json`. */
export interface Manifest {
  readonly modules: readonly {readonly path: string; readonly declarations?: readonly Declaration[]}[];
}

/** The manifest, as a copy of its own. */
export declare function readManifest(): Manifest;

/** The classes of the custom elements, in the manifest's order. */
export declare function elementsOf(manifest: Manifest): (Declaration & {readonly tagName: string})[];

/** The classes of the events. */
export declare function eventsOf(manifest: Manifest): Declaration[];

/** Members that others may use. */
export declare function publicMembers(declaration: Declaration): Named[];

/** The first paragraph of a description. */
export declare function summaryOf(declaration: Named): string;
