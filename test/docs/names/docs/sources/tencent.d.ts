export const SDKAppID: number;
export const userID: string;
export const userSig: string;
