import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitepress';
import {accessibleSearch} from './accessible-search';
import {apiItems} from './generate/api.mjs';
import {extendMarkdown} from './markdown';

/** Where the site stands on its host; a page of a project often stands in a folder. */
const base = process.env['DOCS_BASE'] ?? '/';

export default defineConfig({
  base,
  title: 'im-conversation-list',
  description: 'One HTML tag that shows a person\'s recent conversations, in any web app, over any instant-messaging back end',
  cleanUrls: false,
  // No picture of the site's own: without this, browsers ask for one that is not there.
  head: [['link', {rel: 'icon', href: 'data:,'}]],
  srcExclude: ['node_modules/**', 'public/**'],
  rewrites: {'protocol/README.md': 'protocol/index.md'},
  markdown: {
    // Of the bundled ones, those with a contrast of 4.5 : 1 for comments too.
    theme: {light: 'github-light-high-contrast', dark: 'github-dark-high-contrast'},
    config: extendMarkdown,
  },
  vite: {
    plugins: [accessibleSearch],
    resolve: {
      // The theme's own has no landmark for what is on the page.
      alias: [{find: /^.*\/VPHome\.vue$/, replacement: fileURLToPath(new URL('theme/components/HomePage.vue', import.meta.url))}],
    },
  },
  vue: {template: {compilerOptions: {isCustomElement: (tag) => tag.startsWith('im-')}}},
  themeConfig: {
    search: {provider: 'local'},
    outline: [2, 3],
    nav: [
      {text: 'Start', link: '/start'},
      {text: 'Sources', link: '/sources'},
      {text: 'Theming', link: '/theming'},
      {text: 'API', link: '/api/'},
    ],
    sidebar: [
      {text: 'Begin', items: [
        {text: 'In five minutes', link: '/start'},
        {text: 'Live examples', link: '/live'},
        {text: 'Frameworks', link: '/frameworks'},
        {text: 'The example apps', link: '/code/examples/'},
        {text: 'Coming from another list', link: '/migration'},
        {text: 'Questions', link: '/faq'},
      ]},
      {text: 'Use', items: [
        {text: 'What it does by itself', link: '/behaviour'},
        {text: 'Filters', link: '/filters'},
        {text: 'Search', link: '/search'},
        {text: 'Actions', link: '/actions'},
        {text: 'Theming', link: '/theming'},
        {text: 'Theme editor', link: '/theme-editor'},
        {text: 'Languages', link: '/languages'},
        {text: 'Accessibility', link: '/accessibility'},
        {text: 'Local first', link: '/local-first'},
        {text: 'On the server', link: '/server-side'},
      ]},
      {text: 'Sources', items: [
        {text: 'All sources', link: '/sources'},
        {text: 'Bring your own', link: '/sources/define-source'},
        {text: 'HTTP', link: '/sources/http'},
        {text: 'The HTTP protocol', link: '/protocol/'},
        {text: 'XMPP', link: '/sources/xmpp'},
        {text: 'Matrix', link: '/sources/matrix'},
        {text: 'Tencent, web', link: '/sources/tencent'},
        {text: 'Tencent, native', link: '/sources/v2-tim'},
        {text: 'Easemob, Agora', link: '/sources/easemob'},
        {text: 'NetEase NIM', link: '/sources/nim'},
        {text: 'OpenIM', link: '/sources/open-im'},
        {text: 'RongCloud', link: '/sources/rong'},
        {text: 'Testing a source', link: '/conformance'},
      ]},
      {text: 'Reference', items: [
        {text: 'API', link: '/api/', collapsed: true, items: apiItems()},
        {text: 'Guarantees', link: '/guarantees'},
        {text: 'Security', link: '/security'},
        {text: 'Performance', link: '/performance'},
        {text: 'Architecture', link: '/architecture'},
        {text: 'Versions and browsers', link: '/versioning'},
        {text: 'Contributing', link: '/code/contributing'},
      ]},
    ],
  },
});
