export const accessToken: string;
export const userId: string;
