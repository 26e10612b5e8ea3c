import {defineConfig} from 'vite';

/** For `npm start`, and for the scripts and tests that open the demo's pages. */
export default defineConfig({
  server: {
    // The pages import the sources beside them.
    fs: {allow: ['..']},
    // It builds itself in a way that the pages' policy forbids; errors are in the console.
    hmr: {overlay: false},
  },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: ['index', 'connect', 'gallery', 'verify'].map((page) => `${import.meta.dirname}/${page}.html`),
    },
  },
});
