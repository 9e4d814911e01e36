// JSX in JavaScript
const Item = ({ text }) => <li>{text}</li>;
function handler() {
  return Response.html(renderToString(<ul>{["a", "b"].map((text) => <Item text={text} />)}</ul>));
}
