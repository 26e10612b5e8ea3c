import type {Theme} from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import {defineAsyncComponent} from 'vue';

export default {
  extends: DefaultTheme,
  enhanceApp({app}) {
    // Large, and each for a single page.
    app.component('ThemeEditor', defineAsyncComponent(() => import('./components/ThemeEditor.vue')));
    app.component('BenchCharts', defineAsyncComponent(() => import('./components/BenchCharts.vue')));
  },
} satisfies Theme;
