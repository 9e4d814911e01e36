// A handler that says it returns a text
export function handler(req: string): string { return req; }
