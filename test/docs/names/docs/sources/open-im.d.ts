export const userID: string;
export const token: string;
export const apiAddr: string;
export const wsAddr: string;
