export function keep(mode: string, group: string, picture: Buffer): boolean;
export function compare(mode: string, group: string, picture: Buffer, tell?: boolean): string | undefined;
