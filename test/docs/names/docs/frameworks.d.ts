export const registry: CustomElementRegistry;
