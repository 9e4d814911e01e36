const hidden = "one";
export const value = (): string => hidden;
