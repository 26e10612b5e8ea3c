export const appkey: string;
export const account: string;
export const token: string;
