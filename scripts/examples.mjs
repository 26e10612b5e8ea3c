/** The folders of `examples`: the same small app in each framework, and projects with nothing but the package. */
export const APPS = ['plain', 'react', 'preact', 'vue', 'svelte', 'solid', 'angular'];
export const BUNDLERS = ['bundlers/vite', 'bundlers/webpack'];
export const EXAMPLES = [...APPS, ...BUNDLERS];
