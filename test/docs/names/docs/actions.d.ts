export function archive(id: string): void;
