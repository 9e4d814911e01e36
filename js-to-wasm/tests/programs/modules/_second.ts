import { lines } from "./_first";
export const after = `second sees ${lines.join()}`;
