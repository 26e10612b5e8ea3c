import type {Page} from 'playwright-core';
import type {OpenDemo} from '../open-demo.mjs';

export interface Look {
  readonly query?: string;
  readonly forcedColors?: 'active' | 'none';
  readonly scale?: number;
  readonly width?: number;
}

export const MODES: Readonly<Record<string, Look>>;
export const GROUPS: readonly string[];
export function openGallery(): Promise<OpenDemo>;
export function openLook(demo: OpenDemo, look: Look): Promise<Page>;
export function settle(page: Page): Promise<void>;
export function takeGroup(page: Page, group: string): Promise<Buffer>;
