export const Card = ({ title, children }: { title: string; children?: unknown }) => <section><h2>{title}</h2>{children}</section>;
