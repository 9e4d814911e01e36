//! Annotations of values from outside. In: the annotation of a binding, a parameter or a function's result, whose value is parsed JSON or
//! something else of which nothing is known. Out: the value with a check of its shape, which faults with the path of what does not fit.
//! Types that say nothing about JSON are not looked at.

use std::collections::HashMap;

use purview_js_runtime::shape::node;
use swc_ecma_ast::{
    BinaryOp, Callee, Decl, Expr as Node, ImportSpecifier, Lit, MemberProp, ModuleDecl,
    ModuleExportName, ModuleItem, Stmt as Tree, TsEntityName, TsInterfaceDecl, TsKeywordTypeKind,
    TsLit, TsType, TsTypeElement, TsTypeOperatorOp, TsTypeRef, TsUnionOrIntersectionType,
};

use super::{Lowering, arguments::Parameter, ir::Expr, statement::bare};
use crate::parse::{Module, Target, wtf8_bytes};

impl Lowering<'_> {
    /// The value, checked against its annotation if it comes from outside.
    pub(super) fn shaped(
        &mut self,
        value: Expr,
        node: &Node,
        annotation: Option<&TsType>,
        name: &str,
    ) -> Expr {
        let unknown = |node| self.program.types.check_at(self.place(bare(node))).is_some();
        let Some(annotation) = annotation.filter(|_| self.is_from_outside(node) || unknown(node))
        else {
            return value;
        };
        let module = self.exports.len().saturating_sub(1);
        self.with_shape(value, node, name, |shape| shape.node(module, annotation))
    }

    /// An argument, checked against the parameter that it is for, of a function that stands in `module`.
    pub(super) fn shaped_argument(
        &mut self,
        value: Expr,
        node: &Node,
        module: usize,
        parameter: Parameter<'_>,
    ) -> Expr {
        let Parameter { name, ty, optional } = parameter;
        self.with_shape(value, node, name, |shape| match optional {
            true => shape.optional(module, ty),
            false => shape.node(module, ty),
        })
    }

    fn with_shape<'s>(
        &mut self,
        value: Expr,
        node: &Node,
        name: &str,
        write: impl FnOnce(&mut Shape<'s>) -> u32,
    ) -> Expr
    where
        Self: 's,
    {
        let program = self.program;
        let mut shape =
            Shape { modules: &program.modules, known: HashMap::new(), bytes: Vec::new() };
        write(&mut shape);
        if shape.says_nothing() {
            return value;
        }
        let shape = Expr::Text(self.ir.texts.id(&shape.bytes));
        let name = self.text(name);
        Expr::Direct("rt.shaped", vec![value, shape, name]).at(self.place(node))
    }

    /// Whether this is parsed JSON.
    fn is_from_outside(&self, node: &Node) -> bool {
        match bare(node) {
            Node::Call(call) => match &call.callee {
                Callee::Expr(callee) => match bare(callee) {
                    Node::Member(member) => match (&*member.obj, &member.prop) {
                        (Node::Ident(object), MemberProp::Ident(name)) if object.sym == *"JSON" => {
                            name.sym == *"parse" && self.resolve("JSON").is_none()
                        }
                        (_, MemberProp::Ident(name)) => name.sym == *"json" && call.args.is_empty(),
                        _ => false,
                    },
                    _ => false,
                },
                _ => false,
            },
            Node::Bin(binary) if binary.op == BinaryOp::NullishCoalescing => {
                self.is_from_outside(&binary.left) || self.is_from_outside(&binary.right)
            }
            Node::Cond(node) => self.is_from_outside(&node.cons) || self.is_from_outside(&node.alt),
            _ => false,
        }
    }
}

/// A shape as it is written.
struct Shape<'a> {
    modules: &'a [Module],
    /// Where the named types of each module lie.
    known: HashMap<(usize, String), u32>,
    bytes: Vec<u8>,
}

/// A type with a name.
enum Named<'a> {
    Interface(&'a TsInterfaceDecl),
    Alias(&'a TsType),
}

/// A property of an object.
struct Member {
    name: Vec<u8>,
    optional: bool,
    node: u32,
}

impl<'a> Shape<'a> {
    /// Writes a type, and gives its place.
    fn node(&mut self, module: usize, ty: &'a TsType) -> u32 {
        match ty {
            TsType::TsParenthesizedType(inner) => self.node(module, &inner.type_ann),
            TsType::TsTypeOperator(inner) if inner.op == TsTypeOperatorOp::ReadOnly => {
                self.node(module, &inner.type_ann)
            }
            TsType::TsOptionalType(inner) => self.node(module, &inner.type_ann),
            TsType::TsKeywordType(keyword) => self.keyword(keyword.kind),
            TsType::TsLitType(literal) => self.literal(&literal.lit),
            TsType::TsArrayType(array) => self.around(node::ARRAY, module, &array.elem_type),
            TsType::TsTupleType(tuple)
                if !tuple
                    .elem_types
                    .iter()
                    .any(|item| matches!(*item.ty, TsType::TsRestType(_))) =>
            {
                let items = tuple.elem_types.iter().map(|item| &*item.ty).collect();
                self.several(node::TUPLE, module, items)
            }
            TsType::TsTupleType(_) => self.leaf(node::OBJECT_LIKE),
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsUnionType(union)) => {
                let types = union.types.iter().map(|ty| &**ty).collect();
                self.several(node::UNION, module, types)
            }
            TsType::TsTypeLit(literal) => self.object(module, &[(module, &literal.members[..])]),
            TsType::TsTypeRef(reference) => self.reference(module, reference),
            _ => self.leaf(node::ANY),
        }
    }

    /// The same, or nothing.
    fn optional(&mut self, module: usize, ty: &'a TsType) -> u32 {
        let at = self.list(node::UNION, 2);
        let inner = self.node(module, ty);
        self.refer(at as usize + 3, inner);
        let absent = self.leaf(node::ABSENT);
        self.refer(at as usize + 7, absent);
        at
    }

    /// Whether every value has the shape.
    fn says_nothing(&self) -> bool {
        match self.bytes[..] {
            [node::ANY, ..] => true,
            // What may be left out, and is anything.
            [node::UNION, _, _, 11, 0, 0, 0, ..] => self.bytes.get(11) == Some(&node::ANY),
            _ => false,
        }
    }

    fn leaf(&mut self, kind: u8) -> u32 {
        self.bytes.push(kind);
        self.bytes.len() as u32 - 1
    }

    fn keyword(&mut self, kind: TsKeywordTypeKind) -> u32 {
        use TsKeywordTypeKind as Kind;
        match kind {
            Kind::TsNumberKeyword => self.leaf(node::NUMBER),
            Kind::TsStringKeyword => self.leaf(node::STRING),
            Kind::TsObjectKeyword => self.leaf(node::OBJECT_LIKE),
            Kind::TsUndefinedKeyword | Kind::TsNullKeyword | Kind::TsVoidKeyword => {
                self.leaf(node::ABSENT)
            }
            Kind::TsBooleanKeyword => {
                let at = self.list(node::UNION, 2);
                for (index, kind) in [node::TRUE, node::FALSE].into_iter().enumerate() {
                    let inner = self.leaf(kind);
                    self.refer(at as usize + 3 + index * 4, inner);
                }
                at
            }
            _ => self.leaf(node::ANY),
        }
    }

    fn literal(&mut self, literal: &TsLit) -> u32 {
        let at = self.bytes.len() as u32;
        match literal {
            TsLit::Bool(value) => {
                return self.leaf(if value.value { node::TRUE } else { node::FALSE });
            }
            TsLit::Number(number) => {
                self.bytes.push(node::EXACT);
                self.bytes.extend_from_slice(&number.value.to_le_bytes());
            }
            TsLit::Str(text) => match u16::try_from(wtf8_bytes(&text.value).len()) {
                Ok(length) => {
                    self.bytes.push(node::TEXT);
                    self.bytes.extend_from_slice(&length.to_le_bytes());
                    self.bytes.extend_from_slice(&wtf8_bytes(&text.value));
                }
                Err(_) => return self.leaf(node::STRING),
            },
            TsLit::Tpl(_) => return self.leaf(node::STRING),
            TsLit::BigInt(_) => return self.leaf(node::ANY),
        }
        at
    }

    /// Room for a node with so many others.
    fn list(&mut self, kind: u8, count: u16) -> u32 {
        let at = self.leaf(kind);
        self.bytes.extend_from_slice(&count.to_le_bytes());
        self.bytes.resize(self.bytes.len() + usize::from(count) * 4, 0);
        at
    }

    /// Writes where a node lies.
    fn refer(&mut self, place: usize, node: u32) {
        self.bytes[place..place + 4].copy_from_slice(&node.to_le_bytes());
    }

    fn around(&mut self, kind: u8, module: usize, inner: &'a TsType) -> u32 {
        let at = self.leaf(kind);
        self.bytes.extend_from_slice(&[0; 4]);
        let inner = self.node(module, inner);
        self.refer(at as usize + 1, inner);
        at
    }

    fn several(&mut self, kind: u8, module: usize, types: Vec<&'a TsType>) -> u32 {
        let Ok(count) = u16::try_from(types.len()) else { return self.leaf(node::ANY) };
        let at = self.list(kind, count);
        for (index, ty) in types.into_iter().enumerate() {
            let inner = self.node(module, ty);
            self.refer(at as usize + 3 + index * 4, inner);
        }
        at
    }

    /// An object with the members of these bodies, each of its module.
    fn object(&mut self, module: usize, bodies: &[(usize, &'a [TsTypeElement])]) -> u32 {
        let elements =
            || bodies.iter().flat_map(|(module, body)| body.iter().map(|e| (*module, e)));
        let signature = |(_, element): (usize, &'a TsTypeElement)| match element {
            TsTypeElement::TsIndexSignature(index) => index.type_ann.as_ref(),
            _ => None,
        };
        if let Some(index) = elements().find_map(signature)
            && elements().count() == 1
        {
            return self.around(node::RECORD, module, &index.type_ann);
        }
        let at = self.leaf(node::OBJECT);
        let properties: Vec<_> = elements()
            .filter_map(|(module, element)| match element {
                TsTypeElement::TsPropertySignature(property) => {
                    Some((module, property, property_name(&property.key, property.computed)?))
                }
                _ => None,
            })
            .collect();
        self.bytes.extend_from_slice(&(properties.len() as u16).to_le_bytes());
        let mut places = Vec::with_capacity(properties.len());
        for (_, property, name) in &properties {
            let member = Member { name: name.clone(), optional: property.optional, node: 0 };
            places.push(self.member(&member));
        }
        for ((module, property, _), place) in properties.into_iter().zip(places) {
            let inner = match &property.type_ann {
                Some(annotation) => self.node(module, &annotation.type_ann),
                None => self.leaf(node::ANY),
            };
            self.refer(place, inner);
        }
        at
    }

    /// Writes a member, and gives the place of its node.
    fn member(&mut self, member: &Member) -> usize {
        self.bytes.push(u8::from(member.optional));
        let place = self.bytes.len();
        self.bytes.extend_from_slice(&member.node.to_le_bytes());
        self.bytes.extend_from_slice(&(member.name.len() as u16).to_le_bytes());
        self.bytes.extend_from_slice(&member.name);
        place
    }

    fn reference(&mut self, module: usize, reference: &'a TsTypeRef) -> u32 {
        let TsEntityName::Ident(name) = &reference.type_name else { return self.leaf(node::ANY) };
        let params = reference.type_params.as_ref().map_or(&[][..], |params| &params.params);
        let key = (module, name.sym.to_string());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        match (find(self.modules, module, &name.sym), &*name.sym, params) {
            (Some((home, named)), ..) => {
                // What refers back to it finds it where it will be.
                self.known.insert(key.clone(), self.bytes.len() as u32);
                let at = match named {
                    Named::Alias(ty) => self.node(home, ty),
                    Named::Interface(interface) => {
                        let mut bodies = Vec::new();
                        self.bodies(home, interface, &mut bodies);
                        self.object(home, &bodies)
                    }
                };
                self.known.insert(key, at);
                at
            }
            (None, "Array" | "ReadonlyArray", [item]) => self.around(node::ARRAY, module, item),
            (None, "Record", [_, item]) => self.around(node::RECORD, module, item),
            (None, "Readonly", [inner]) => self.node(module, inner),
            (None, "Partial" | "Required" | "Pick" | "Omit", _) => self.leaf(node::OBJECT_LIKE),
            _ => self.leaf(node::ANY),
        }
    }

    /// The bodies of an interface and of those that it extends.
    fn bodies(
        &self,
        module: usize,
        interface: &'a TsInterfaceDecl,
        bodies: &mut Vec<(usize, &'a [TsTypeElement])>,
    ) {
        if bodies.len() > 32 {
            return;
        }
        bodies.push((module, &interface.body.body));
        for parent in &interface.extends {
            if let Node::Ident(name) = &*parent.expr
                && let Some((home, Named::Interface(parent))) =
                    find(self.modules, module, &name.sym)
            {
                self.bodies(home, parent, bodies);
            }
        }
    }
}

/// The name of a property that is written as it is.
fn property_name(key: &Node, computed: bool) -> Option<Vec<u8>> {
    let name = match key {
        Node::Ident(name) if !computed => name.sym.as_bytes().to_vec(),
        Node::Lit(Lit::Str(text)) => wtf8_bytes(&text.value),
        _ => return None,
    };
    u16::try_from(name.len()).is_ok().then_some(name)
}

/// The type of this name in a module, and the module where it stands. Types with parameters are not followed.
fn find<'a>(modules: &'a [Module], module: usize, name: &str) -> Option<(usize, Named<'a>)> {
    let items = &modules.get(module)?.ast.body;
    for item in items {
        let declaration = match item {
            ModuleItem::Stmt(Tree::Decl(declaration)) => declaration,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                let Some(Target::Local(home)) = modules[module].target_of(&import.src) else {
                    continue;
                };
                for specifier in &import.specifiers {
                    let ImportSpecifier::Named(named) = specifier else { continue };
                    if named.local.sym == *name && home < module {
                        let original = match &named.imported {
                            Some(ModuleExportName::Ident(original)) => &original.sym,
                            _ => &named.local.sym,
                        };
                        return find(modules, home, original);
                    }
                }
                continue;
            }
            _ => continue,
        };
        match declaration {
            Decl::TsInterface(found) if found.id.sym == *name && found.type_params.is_none() => {
                return Some((module, Named::Interface(found)));
            }
            Decl::TsTypeAlias(found) if found.id.sym == *name && found.type_params.is_none() => {
                return Some((module, Named::Alias(&found.type_ann)));
            }
            _ => {}
        }
    }
    None
}
