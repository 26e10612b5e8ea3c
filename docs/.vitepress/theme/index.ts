import type {Theme} from 'vitepress';
// The system's letters: nothing to load, and the same as in the list.
import DefaultTheme from 'vitepress/theme-without-fonts';
import {defineAsyncComponent} from 'vue';
import LiveExample from './components/LiveExample.vue';
import TableScroll from './components/TableScroll.vue';
import './site.css';

export default {
  extends: DefaultTheme,
  enhanceApp({app}) {
    app.component('LiveExample', LiveExample);
    app.component('TableScroll', TableScroll);
    // Large, and each for a single page.
    app.component('ThemeEditor', defineAsyncComponent(() => import('./components/ThemeEditor.vue')));
    app.component('BenchCharts', defineAsyncComponent(() => import('./components/BenchCharts.vue')));
  },
} satisfies Theme;
