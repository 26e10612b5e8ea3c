export declare const APPS: readonly string[];
export declare const BUNDLERS: readonly string[];
export declare const EXAMPLES: readonly string[];
