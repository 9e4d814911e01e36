const hidden = "two";
export const value = (): string => hidden;
