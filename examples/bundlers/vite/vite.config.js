import {defineConfig} from 'vite';

export default defineConfig({
  build: {
    rolldownOptions: {
      input: {model: 'src/model.ts', list: 'src/list.ts'},
      preserveEntrySignatures: 'strict',
      output: {entryFileNames: '[name].js'},
    },
  },
});
