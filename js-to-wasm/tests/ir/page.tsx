const Item = (props: { name: string }) => <li class="item">{props.name}</li>;

export function handler(req: Request): Response {
    const names = ["Ada", "Grace"].filter((name) => name.length > 3);
    return Response.html(renderToString(<ul>{names.map((name) => <Item name={name} />)}</ul>));
}
