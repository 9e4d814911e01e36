import { name } from "./_values";
export const shout = (s: string): string => `${s.toUpperCase()} from ${name}`;
