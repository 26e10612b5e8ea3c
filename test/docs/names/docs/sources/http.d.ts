export function token(): Promise<string>;
export const auth: {token(): Promise<string>};
