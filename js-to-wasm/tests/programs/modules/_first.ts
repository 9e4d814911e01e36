export const lines = ["first"];
