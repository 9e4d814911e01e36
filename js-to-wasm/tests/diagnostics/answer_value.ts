// A handler that is made by a function
import { guard } from "purview:compose";
const make = (name: string) => (req: Request) => `${name} ${req.path}`;
console.log(guard);
export const handler = make("a");
