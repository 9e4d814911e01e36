//! JSX. In: elements. Out: one call with static HTML and values in turn: elements inside of elements cost nothing.

use purview_js_runtime::jsx_names;
use swc_ecma_ast::{
    JSXAttr, JSXAttrName, JSXAttrOrSpread, JSXAttrValue, JSXElement, JSXElementChild,
    JSXElementName, JSXExpr, JSXFragment, JSXMemberExpr, JSXObject,
};

use super::{
    Lowered, Lowering,
    ir::Expr,
    jsx_text::{attribute_name, escape, is_void, shown},
};

use crate::parse::wtf8_bytes;

/// HTML as it grows: static text, and values between.
#[derive(Default)]
struct Html {
    text: String,
    /// Static text and value in turn.
    parts: Vec<Expr>,
}

impl Html {
    fn value(&mut self, lowering: &mut Lowering<'_>, value: Expr) {
        let text = std::mem::take(&mut self.text);
        let text = lowering.text(&text);
        self.parts.extend([text, value]);
    }

    fn finish(mut self, lowering: &mut Lowering<'_>) -> Expr {
        if !self.text.is_empty() || self.parts.is_empty() {
            let text = lowering.text(&self.text);
            self.parts.push(text);
        }
        call("rt.html", self.parts)
    }
}

fn call(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Builtin(name.to_owned(), Box::new(Expr::Undefined), args)
}

impl Lowering<'_> {
    pub(super) fn element(&mut self, element: &JSXElement) -> Lowered<Expr> {
        if let Some(component) = self.component(&element.opening.name)? {
            return self.component_call(component, element);
        }
        let mut html = Html::default();
        self.push_element(&mut html, element)?;
        Ok(html.finish(self).at(self.place(element)))
    }

    pub(super) fn fragment(&mut self, fragment: &JSXFragment) -> Lowered<Expr> {
        let mut html = Html::default();
        self.push_children(&mut html, &fragment.children)?;
        Ok(html.finish(self).at(self.place(fragment)))
    }

    /// The function that an element calls; nothing for an element of HTML.
    fn component(&mut self, name: &JSXElementName) -> Lowered<Option<Expr>> {
        match name {
            JSXElementName::Ident(name)
                if name.sym.starts_with(|c: char| c.is_ascii_lowercase()) =>
            {
                Ok(None)
            }
            JSXElementName::Ident(name) => {
                self.expression(&swc_ecma_ast::Expr::Ident(name.clone())).map(Some)
            }
            JSXElementName::JSXMemberExpr(member) => self.member_component(member).map(Some),
            JSXElementName::JSXNamespacedName(_) => Ok(None),
        }
    }

    fn member_component(&mut self, member: &JSXMemberExpr) -> Lowered<Expr> {
        let object = match &member.obj {
            JSXObject::Ident(name) => self.expression(&swc_ecma_ast::Expr::Ident(name.clone()))?,
            JSXObject::JSXMemberExpr(inner) => self.member_component(inner)?,
        };
        Ok(self.property(object, &member.prop.sym))
    }

    /// Attributes as an object.
    fn properties(
        &mut self,
        attributes: &[JSXAttrOrSpread],
        body: &mut Vec<super::Stmt>,
    ) -> Lowered<Expr> {
        let target = self.temporary(Expr::Object(Vec::new()), body);
        for attribute in attributes {
            let call = match attribute {
                JSXAttrOrSpread::SpreadElement(spread) => {
                    let value = self.expression(&spread.expr)?;
                    Expr::Direct("rt.spread", vec![target.clone(), value])
                }
                JSXAttrOrSpread::JSXAttr(attribute) => {
                    let name = written_name(&attribute.name);
                    let value = self.attribute_value(attribute)?;
                    match &*name {
                        "key" => value,
                        _ => Expr::Direct("rt.set", vec![target.clone(), self.text(&name), value]),
                    }
                }
            };
            body.push(super::Stmt::Expr(call));
        }
        Ok(target)
    }

    fn component_call(&mut self, component: Expr, element: &JSXElement) -> Lowered<Expr> {
        let function = match component.bare() {
            Expr::Var(var) => {
                self.ir.vars[var.0 as usize].function.map(|function| (function, *var))
            }
            _ => None,
        };
        let Some((function, var)) = function else { return self.any_element(component, element) };
        let mut body = Vec::new();
        let properties = match self.known_properties(element)? {
            Some(properties) => properties,
            None => self.set_properties(element, &mut body)?,
        };
        let call = Expr::Call(function, Some(var), vec![properties]);
        Ok(Expr::Do(body, Box::new(call.at(self.place(element)))))
    }

    /// An element of which only the run tells what it is: a component, the name of an element, a fragment.
    fn any_element(&mut self, component: Expr, element: &JSXElement) -> Lowered<Expr> {
        let mut body = Vec::new();
        let component = self.temporary(component, &mut body);
        let properties = self.properties(&element.opening.attrs, &mut body)?;
        let mut parts = vec![component, properties];
        parts.extend(self.children_values(&element.children)?);
        Ok(Expr::Do(body, Box::new(call("h", parts).at(self.place(element)))))
    }

    /// Attributes and children as a literal, if their names are known and differ.
    fn known_properties(&mut self, element: &JSXElement) -> Lowered<Option<Expr>> {
        let mut names = Vec::new();
        for attribute in &element.opening.attrs {
            match attribute {
                JSXAttrOrSpread::JSXAttr(attribute) => names.push(written_name(&attribute.name)),
                JSXAttrOrSpread::SpreadElement(_) => return Ok(None),
            }
        }
        if names.iter().any(|name| name == "key" || name == "children") {
            return Ok(None);
        }
        let names: Vec<Expr> = names.iter().map(|name| self.text(name)).collect();
        let mut pairs = Vec::new();
        for (attribute, name) in element.opening.attrs.iter().zip(names) {
            if let JSXAttrOrSpread::JSXAttr(attribute) = attribute {
                pairs.push((name, self.attribute_value(attribute)?));
            }
        }
        let children = self.children_values(&element.children)?;
        if !children.is_empty() {
            pairs.push((self.text("children"), flattened(children)));
        }
        Ok(Some(self.object_of(pairs)))
    }

    /// Attributes and children, each set by itself.
    fn set_properties(
        &mut self,
        element: &JSXElement,
        body: &mut Vec<super::Stmt>,
    ) -> Lowered<Expr> {
        let properties = self.properties(&element.opening.attrs, body)?;
        let children = self.children_values(&element.children)?;
        if !children.is_empty() {
            let set = vec![properties.clone(), self.text("children"), flattened(children)];
            body.push(super::Stmt::Expr(Expr::Direct("rt.set", set)));
        }
        Ok(properties)
    }

    /// The children of a component, as values.
    fn children_values(&mut self, children: &[JSXElementChild]) -> Lowered<Vec<Expr>> {
        let mut values = Vec::new();
        for child in children {
            match child {
                JSXElementChild::JSXText(text) => {
                    let text = shown(&text.raw, &String::from_utf8_lossy(&wtf8_bytes(&text.value)));
                    if !text.is_empty() {
                        values.push(self.text(&text));
                    }
                }
                JSXElementChild::JSXExprContainer(container) => {
                    if let JSXExpr::Expr(value) = &container.expr {
                        values.push(self.child_value(value)?);
                    }
                }
                JSXElementChild::JSXElement(element) => values.push(self.element(element)?),
                JSXElementChild::JSXFragment(fragment) => values.push(self.fragment(fragment)?),
                JSXElementChild::JSXSpreadChild(spread) => {
                    values.push(self.expression(&spread.expr)?)
                }
            }
        }
        Ok(values)
    }

    /// A child in braces; `flag && <b/>` is nothing if the flag is false.
    fn child_value(&mut self, value: &swc_ecma_ast::Expr) -> Lowered<Expr> {
        let place = self.place(value);
        Ok(self.expression(value)?.at(place))
    }

    fn push_element(&mut self, html: &mut Html, element: &JSXElement) -> Lowered<()> {
        let tag = match &element.opening.name {
            JSXElementName::Ident(name) => name.sym.to_string(),
            JSXElementName::JSXNamespacedName(name) => format!("{}:{}", name.ns.sym, name.name.sym),
            JSXElementName::JSXMemberExpr(_) => String::new(),
        };
        html.text.push('<');
        html.text.push_str(&tag);
        let spread =
            |attribute: &JSXAttrOrSpread| matches!(attribute, JSXAttrOrSpread::SpreadElement(_));
        if element.opening.attrs.iter().any(spread) {
            let mut body = Vec::new();
            let properties = self.properties(&element.opening.attrs, &mut body)?;
            let attributes =
                call("rt.html_spread", vec![properties]).at(self.place(&element.opening));
            html.value(self, Expr::Do(body, Box::new(attributes)));
        } else {
            for attribute in &element.opening.attrs {
                if let JSXAttrOrSpread::JSXAttr(attribute) = attribute {
                    self.push_attribute(html, attribute)?;
                }
            }
        }
        if is_void(&tag) {
            html.text.push_str(" />");
            return Ok(());
        }
        html.text.push('>');
        if tag == "script" || tag == "style" {
            let mut parts = vec![self.text(&tag)];
            parts.extend(self.children_values(&element.children)?);
            html.value(self, call("rt.html_raw", parts));
        } else {
            self.push_children(html, &element.children)?;
        }
        html.text.push_str("</");
        html.text.push_str(&tag);
        html.text.push('>');
        Ok(())
    }

    fn push_attribute(&mut self, html: &mut Html, attribute: &JSXAttr) -> Lowered<()> {
        let value = self.attribute_value(attribute)?;
        let Some(name) = attribute_name(&written_name(&attribute.name)) else { return Ok(()) };
        match value.bare() {
            Expr::Bool(flag) if jsx_names::spells_booleans(name.as_bytes()) => {
                html.text.push_str(&format!(" {name}=\"{flag}\""));
            }
            Expr::Bool(true) => {
                html.text.push(' ');
                html.text.push_str(&name);
            }
            Expr::Text(text) => {
                let text =
                    String::from_utf8_lossy(&self.ir.texts.list[text.0 as usize]).into_owned();
                html.text.push_str(&format!(" {name}=\"{}\"", escape(&text, true)));
            }
            _ => {
                let name = self.text(&name);
                html.value(self, call("rt.html_attribute", vec![name, value]));
            }
        }
        Ok(())
    }

    fn attribute_value(&mut self, attribute: &JSXAttr) -> Lowered<Expr> {
        match &attribute.value {
            None => Ok(Expr::Bool(true)),
            Some(JSXAttrValue::Str(text)) => Ok(self.wtf8(&text.value)),
            Some(JSXAttrValue::JSXExprContainer(container)) => match &container.expr {
                JSXExpr::Expr(value) => self.expression(value),
                JSXExpr::JSXEmptyExpr(empty) => Err(self.not_compiled(empty, "an empty attribute")),
            },
            Some(JSXAttrValue::JSXElement(element)) => self.element(element),
            Some(JSXAttrValue::JSXFragment(fragment)) => self.fragment(fragment),
        }
    }

    fn push_children(&mut self, html: &mut Html, children: &[JSXElementChild]) -> Lowered<()> {
        for child in children {
            match child {
                JSXElementChild::JSXText(text) => {
                    let text = shown(&text.raw, &String::from_utf8_lossy(&wtf8_bytes(&text.value)));
                    html.text.push_str(&escape(&text, false));
                }
                JSXElementChild::JSXElement(element) if self.component_name(element) => {
                    let value = self.element(element)?;
                    html.value(self, value);
                }
                JSXElementChild::JSXElement(element) => self.push_element(html, element)?,
                JSXElementChild::JSXFragment(fragment) => {
                    self.push_children(html, &fragment.children)?
                }
                JSXElementChild::JSXExprContainer(container) => {
                    if let JSXExpr::Expr(value) = &container.expr {
                        let value = self.child_value(value)?;
                        html.value(self, value);
                    }
                }
                JSXElementChild::JSXSpreadChild(spread) => {
                    let value = self.expression(&spread.expr)?;
                    html.value(self, value);
                }
            }
        }
        Ok(())
    }

    fn component_name(&self, element: &JSXElement) -> bool {
        match &element.opening.name {
            JSXElementName::Ident(name) => !name.sym.starts_with(|c: char| c.is_ascii_lowercase()),
            JSXElementName::JSXMemberExpr(_) => true,
            JSXElementName::JSXNamespacedName(_) => false,
        }
    }
}

/// Children as one array: those that are arrays themselves are taken apart.
fn flattened(children: Vec<Expr>) -> Expr {
    let single = |child: &Expr| match child.bare() {
        Expr::Builtin(name, ..) => name == "rt.html",
        child => child.is_literal(),
    };
    if children.iter().all(single) {
        return Expr::Array(children);
    }
    let depth = vec![Expr::Number(f64::INFINITY)];
    Expr::Builtin(".flat".to_owned(), Box::new(Expr::Array(children)), depth)
}

fn written_name(name: &JSXAttrName) -> String {
    match name {
        JSXAttrName::Ident(name) => name.sym.to_string(),
        JSXAttrName::JSXNamespacedName(name) => format!("{}:{}", name.ns.sym, name.name.sym),
    }
}
