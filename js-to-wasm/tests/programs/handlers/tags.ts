type Tagged<Name extends string, T> = { readonly tag: Name } & T;
type Email = Tagged<"email", { address: string }>;
type Phone = Tagged<"phone", { number: string; country?: string }>;
type Contact = Email | Phone;
type Person = { name: string; contacts: Contact[]; preferred?: Contact["tag"] };
const email = (address: string): Email => ({ tag: "email", address });
const phone = (number: string, country?: string): Phone => ({ tag: "phone", number, country });
const show = (contact: Contact): string => (contact.tag === "email" ? `mailto:${contact.address}` : `tel:${contact.country ?? "+1"}${contact.number}`);
const best = ({ contacts, preferred }: Person): Contact | undefined => contacts.find(({ tag }) => tag === preferred) ?? contacts[0];
const byTag = <T extends Contact["tag"]>(contacts: Contact[], tag: T): Contact[] => contacts.filter((contact) => contact.tag === tag);
export function handler(req: Request): Response {
  const people: Person[] = [
    { name: "Ada", contacts: [email("ada@example.com"), phone("555", "+44")], preferred: "phone" },
    { name: "Bob", contacts: [] },
  ];
  const lines = people.map((person) => {
    const contact = best(person);
    return `${person.name}: ${contact === undefined ? "unreachable" : show(contact)}`;
  });
  return Response.json({ lines, phones: people.flatMap(({ contacts }) => byTag(contacts, "phone")).length });
}
