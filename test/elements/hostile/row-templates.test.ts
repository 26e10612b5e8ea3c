import {expect} from '@open-wc/testing';
import type {ImErrorEvent} from '../../../src/events/error-event.js';
import {captureProblems} from '../../setup/csp-guard.js';
import {sample} from '../../setup/engine.js';
import {conversation, conversations, message} from '../support/conversations.js';
import {mount, settle, until} from '../support/list-page.js';
import {rowTemplate} from '../support/row-template.js';
import {drawn, expectWhole} from '../support/rows.js';
import {PAYLOADS} from './payloads.js';

const payloads = sample(PAYLOADS);

const BANNED = /^(?:script|style|link|meta|iframe|object|embed|form|a|button|input|svg|math|base|template|slot|.*-.*)$/;
const BANNED_ATTRIBUTE = /^on|style|href|srcset|action|class|^id$/;

/** Requests that something in a row has made. */
const requests = () => performance.getEntriesByType('resource').filter(({name}) => /\/xss/.test(name)).length;

describe('row templates that are hostile', () => {
  it('run nothing and load nothing, whatever is in them', async () => {
    const list = await mount({conversations: conversations(3)});
    let told = 0;
    list.addEventListener('im-error', () => told++);
    const wrong: string[] = [];
    let refused = 0;
    await captureProblems(async () => {
      for (const payload of payloads) {
        list.replaceChildren(rowTemplate(`<b>{{title}}</b>${payload}<i title="${payload}">i</i>`));
        const before = told;
        await until(() => told > before || drawn(list)[0]?.element.querySelector('.custom b') !== null, payload);
        if (told > before) refused++;
        for (const node of drawn(list)[0]?.element.querySelectorAll('.custom *') ?? []) {
          if (BANNED.test(node.localName)) wrong.push(`${node.localName}: ${payload}`);
          for (const {name} of node.attributes) if (BANNED_ATTRIBUTE.test(name)) wrong.push(`${name}: ${payload}`);
        }
        list.replaceChildren();
        await until(() => drawn(list)[0]?.title === 'Name of c0', payload);
      }
    });
    expect(wrong).to.deep.equal([]);
    expect((window as {__xss?: unknown}).__xss).to.equal(undefined);
    expect(requests()).to.equal(0);
    // Only what has braces is refused.
    expect(refused).to.be.within(1, 30);
    expectWhole(list);
  }).timeout(180_000);

  it('show hostile values as text, in texts and attributes', async () => {
    const told: ImErrorEvent[] = [];
    const list = await mount({
      conversations: [],
      before: (l) => {
        l.addEventListener('im-error', (event) => told.push(event));
        l.append(rowTemplate('<b title="{{title}}" data-x="{{text}}" part="{{title}}">{{title}}</b><img src="{{avatar}}"><i>{{text}}</i>'));
      },
    });
    for (let at = 0; at < payloads.length; at += 8) {
      const some = payloads.slice(at, at + 8);
      list.conversations = some.map((text, i) =>
        conversation(`p${i}`, {title: text, avatarUrl: text, tags: [text], lastMessage: message(text), orderKey: BigInt(-i)}),
      );
      await settle();
      for (const {element} of drawn(list)) {
        const names = [...element.querySelectorAll('.custom *')].map(({localName}) => localName);
        expect(names).to.deep.equal(['b', 'bdi', 'img', 'i', 'bdi']);
        expect(element.querySelector('b')?.title ?? '').not.to.match(/[\u202a-\u202e\u2066-\u2069]/);
      }
    }
    expect(told).to.deep.equal([]);
    expect((window as {__xss?: unknown}).__xss).to.equal(undefined);
    expect(requests()).to.equal(0);
  }).timeout(60_000);
});
