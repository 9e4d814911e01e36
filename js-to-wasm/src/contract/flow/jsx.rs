//! JSX. In: elements. Out: values. Text inside of elements is escaped; what is not escaped, the inside of `script` and `style` and
//! addresses in attributes, is looked at here.

use swc_ecma_ast::{
    JSXAttr, JSXAttrName, JSXAttrOrSpread, JSXAttrValue, JSXElement, JSXElementChild,
    JSXElementName, JSXExpr, JSXMemberExpr, JSXObject,
};

use super::{
    Args, Flow, Labels, ObjectId, Value,
    state::{Kind, Leak, OUTSIDE},
    value::Text,
};

/// Attributes whose value the browser follows or runs.
const ADDRESSES: [&str; 8] =
    ["href", "src", "action", "formaction", "srcdoc", "style", "data", "xlink:href"];

impl<'a> Flow<'a> {
    pub(super) fn element_value(&mut self, element: &'a JSXElement) -> Value {
        let name = &element.opening.name;
        let component = match name {
            JSXElementName::Ident(name)
                if name.sym.starts_with(|c: char| c.is_ascii_lowercase()) =>
            {
                None
            }
            JSXElementName::Ident(name) => Some(self.name(name)),
            JSXElementName::JSXMemberExpr(member) => Some(self.member_component(member)),
            JSXElementName::JSXNamespacedName(_) => None,
        };
        let place = self.place(element.span);
        match component {
            Some(component) => {
                let properties = self.make(element.span, Kind::Plain, 1);
                // It may be the name of an element.
                let named =
                    component.texts().next().is_some() || component.objects.contains(&OUTSIDE);
                let attributes = named.then(|| self.make(element.span, Kind::Plain, 3));
                self.attributes(element, attributes.unwrap_or(properties));
                if let Some(attributes) = attributes {
                    self.spread_into(properties, &Value::object(attributes));
                }
                let children = self.make(element.span, Kind::Array, 2);
                self.children(&element.children, children);
                // A single child may come by itself.
                let given = Value::object(children).joined(&self.elements(children));
                self.write(properties, Some("children"), &given);
                let args = Args::of(vec![Value::object(properties)]);
                let mut value = self.call_value(&component, &args, place);
                if let Some(attributes) = attributes {
                    let args = vec![component, Value::object(attributes), self.elements(children)];
                    value.join(&self.h(&Args::of(args), place));
                }
                value
            }
            None => {
                let shown = self.make(element.span, Kind::Element, 0);
                let attributes = self.make(element.span, Kind::Plain, 1);
                self.attributes(element, attributes);
                self.write(shown, None, &Value::object(attributes));
                self.children(&element.children, shown);
                self.intrinsic(name, shown, attributes, place);
                Value::object(shown)
            }
        }
    }

    fn member_component(&mut self, member: &'a JSXMemberExpr) -> Value {
        let object = match &member.obj {
            JSXObject::Ident(name) => self.name(name),
            JSXObject::JSXMemberExpr(inner) => self.member_component(inner),
        };
        self.get(&object, &Value::text(&member.prop.sym))
    }

    fn attributes(&mut self, element: &'a JSXElement, into: ObjectId) {
        for attribute in &element.opening.attrs {
            match attribute {
                JSXAttrOrSpread::SpreadElement(spread) => {
                    let value = self.expression(&spread.expr);
                    self.spread_into(into, &value);
                }
                JSXAttrOrSpread::JSXAttr(attribute) => {
                    let value = self.attribute(attribute);
                    let name = match &attribute.name {
                        JSXAttrName::Ident(name) => name.sym.to_string(),
                        JSXAttrName::JSXNamespacedName(name) => {
                            format!("{}:{}", name.ns.sym, name.name.sym)
                        }
                    };
                    self.write(into, Some(&name), &value);
                }
            }
        }
    }

    fn attribute(&mut self, attribute: &'a JSXAttr) -> Value {
        match &attribute.value {
            None => Value::bool(true),
            Some(JSXAttrValue::Str(text)) => self.literal_text(&text.value),
            Some(JSXAttrValue::JSXExprContainer(container)) => match &container.expr {
                JSXExpr::Expr(value) => self.expression(value),
                JSXExpr::JSXEmptyExpr(_) => Value::undefined(),
            },
            Some(JSXAttrValue::JSXElement(element)) => self.element_value(element),
            Some(JSXAttrValue::JSXFragment(fragment)) => {
                let shown = self.make(fragment.span, Kind::Element, 0);
                self.children(&fragment.children, shown);
                Value::object(shown)
            }
        }
    }

    pub(super) fn children(&mut self, children: &'a [JSXElementChild], into: ObjectId) {
        for child in children {
            let value = match child {
                JSXElementChild::JSXText(_) => Value::any_text(),
                JSXElementChild::JSXExprContainer(container) => match &container.expr {
                    JSXExpr::Expr(value) => self.expression(value),
                    JSXExpr::JSXEmptyExpr(_) => continue,
                },
                JSXElementChild::JSXSpreadChild(spread) => self.expression(&spread.expr),
                JSXElementChild::JSXElement(element) => self.element_value(element),
                JSXElementChild::JSXFragment(fragment) => {
                    let shown = self.make(fragment.span, Kind::Element, 0);
                    self.children(&fragment.children, shown);
                    Value::object(shown)
                }
            };
            self.write(into, None, &value);
        }
    }

    /// What an element of HTML does not escape.
    fn intrinsic(
        &mut self,
        name: &JSXElementName,
        shown: ObjectId,
        attributes: ObjectId,
        place: crate::source::Span,
    ) {
        if let JSXElementName::Ident(name) = name
            && matches!(&*name.sym, "script" | "style")
        {
            let labels = self.deep_labels(&Value::object(shown));
            if labels.has(Labels::RAW_HTML) {
                self.leaked(Leak::Injection, place);
            }
        }
        for (name, value) in self.fields(attributes) {
            let runs =
                ["on", "hx-on"].iter().any(|start| name.to_ascii_lowercase().starts_with(start));
            // What runs as a script is escaped by nothing.
            let raw = Labels::RAW_HTML.with(Labels::RAW_URL);
            if runs && self.deep_labels(&value).has(raw) {
                self.leaked(Leak::Injection, place);
            }
        }
        for name in ADDRESSES {
            let value = self.field(attributes, name);
            let fixed = value.texts().all(|text| match text {
                Text::Whole(_) => true,
                Text::Begins(start) => {
                    start.starts_with(['/', '#', '?']) || start.starts_with("http")
                }
                Text::Json(_) => false,
            });
            if !fixed && value.labels.has(Labels::RAW_URL) {
                self.leaked(Leak::Injection, place);
            }
        }
    }

    /// `h(tag, properties, …children)`.
    pub(super) fn h(&mut self, args: &Args, place: crate::source::Span) -> Value {
        let (tag, properties) = (args.get(0), args.get(1));
        let children = self.make_at(place, Kind::Array, 31);
        let rest = args.from(2);
        self.write(children, None, &rest);
        let shown = self.make_at(place, Kind::Element, 30);
        self.write(shown, None, &properties);
        self.write(shown, None, &rest);
        if !tag
            .texts()
            .all(|text| matches!(text, Text::Whole(name) if name != "script" && name != "style"))
        {
            let labels = self.deep_labels(&Value::object(shown)).with(tag.labels);
            if labels.has(Labels::RAW_HTML) {
                self.leaked(Leak::Injection, place);
            }
        }
        if self.deep_labels(&properties).has(Labels::RAW_URL) {
            // Which attributes they are is not followed here.
            self.leaked(Leak::Injection, place);
        }
        let mut value = Value::object(shown);
        if !tag.functions.is_empty() {
            let given = self.make_at(place, Kind::Plain, 32);
            self.spread_into(given, &properties);
            self.write(given, Some("children"), &Value::object(children).joined(&rest));
            let args = Args::of(vec![Value::object(given)]);
            let result = self.call_value(&tag, &args, place);
            value.join(&result);
        }
        value
    }
}
