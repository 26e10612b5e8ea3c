export const user: string;
export const accessToken: string;
export const to: string;
export const msg: string;
