/** The editor of a live example. In a module of its own, so that a page without examples does not load it. */
import {html} from '@codemirror/lang-html';
import {syntaxHighlighting} from '@codemirror/language';
import {classHighlighter} from '@lezer/highlight';
import {EditorView, minimalSetup} from 'codemirror';

export interface EditorOptions {
  readonly parent: Element;
  readonly code: string;
  readonly label: string;
  readonly changed: (code: string) => void;
}

export interface Editor {
  set(code: string): void;
  close(): void;
}

/** Tab is left to the page: it leads on, and the keyboard is not caught. Colours come from the site's CSS. */
export function openEditor({parent, code, label, changed}: EditorOptions): Editor {
  const view = new EditorView({
    parent,
    doc: code,
    extensions: [
      minimalSetup,
      html(),
      syntaxHighlighting(classHighlighter),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({'aria-label': label, tabindex: '0'}),
      EditorView.updateListener.of(({docChanged, state}) => {
        if (docChanged) changed(state.doc.toString());
      }),
    ],
  });
  return {
    set: (text) => view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}}),
    close: () => view.destroy(),
  };
}
