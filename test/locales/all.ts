import {ar} from '../../src/locales/ar.js';
import {de} from '../../src/locales/de.js';
import {en} from '../../src/locales/en.js';
import {es} from '../../src/locales/es.js';
import {fr} from '../../src/locales/fr.js';
import {he} from '../../src/locales/he.js';
import {hi} from '../../src/locales/hi.js';
import {id} from '../../src/locales/id.js';
import {ja} from '../../src/locales/ja.js';
import {ko} from '../../src/locales/ko.js';
import {pt} from '../../src/locales/pt.js';
import {ru} from '../../src/locales/ru.js';
import type {Strings} from '../../src/locales/strings.js';
import {th} from '../../src/locales/th.js';
import {vi} from '../../src/locales/vi.js';
import {zhCn} from '../../src/locales/zh-cn.js';
import {zhTw} from '../../src/locales/zh-tw.js';

/** Every language, by the tag that `Intl` knows it by. */
export const languages: ReadonlyMap<string, Strings> = new Map(
  Object.entries({ar, de, en, es, fr, he, hi, id, ja, ko, pt, ru, th, vi, 'zh-CN': zhCn, 'zh-TW': zhTw}),
);
