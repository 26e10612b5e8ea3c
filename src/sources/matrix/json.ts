import type {Json} from './types.js';

/** Anything as an object, whose fields may be read. */
export const object = (value: unknown): Json => Object(value) as Json;

/** The objects of anything that is a list. */
export const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);

/** The fields of anything, each as an object. */
export const entries = (value: unknown): readonly [string, Json][] =>
  Object.entries(object(value)).map(([id, part]) => [id, object(part)]);

export const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
