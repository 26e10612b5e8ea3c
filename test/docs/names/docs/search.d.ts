export function pinyinOf(name: string): string;
export function initialsOf(name: string): string;
