/** What VitePress compiles and TypeScript alone does not know: styles, and Vue's files, each a component. */
declare module '*.css';

declare module '*.vue' {
  import type {DefineComponent} from 'vue';
  const component: DefineComponent;
  export default component;
}
