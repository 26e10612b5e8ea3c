import type {RongProfile} from '../../../../../src/sources/rong.js';

export const appkey: string;
export const token: string;
export const people: ReadonlyMap<string, RongProfile>;
