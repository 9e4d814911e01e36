//! Written types → [`Ty`]. In: the parser's type nodes. Out: interned types; a declared type stays a name until it is looked into.
//! Never happens here: judging values.

use std::sync::Arc;

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, Expr, Lit, Pat, TsType};

use super::{
    Checker,
    bind::{TypeForm, TypeName},
    ty::{
        Access, DeclId, Element, Field, Fresh, Kind, ParamId, Parameter, Presence, Record,
        Signature, Ty, Utility,
    },
};
use crate::parse::{Target, offset};

impl<'a> Checker<'a> {
    /// The type that a node of `unit` says.
    pub(super) fn written(&mut self, node: &'a TsType, unit: usize) -> Ty {
        match node {
            TsType::TsKeywordType(node) => keyword(node.kind),
            TsType::TsThisType(_) => self.this,
            TsType::TsFnOrConstructorType(ast::TsFnOrConstructorType::TsFnType(node)) => {
                let signature = self.signature(
                    node.type_params.as_deref(),
                    &node.params,
                    Some(&node.type_ann),
                    unit,
                );
                self.store.function(signature)
            }
            TsType::TsTypeRef(node) => self.reference(node, unit),
            TsType::TsTypeLit(node) => self.members(node.members.iter(), unit),
            TsType::TsArrayType(node) => {
                let of = self.written(&node.elem_type, unit);
                self.store.array(of)
            }
            TsType::TsTupleType(node) => self.tuple(node, unit),
            TsType::TsParenthesizedType(node) => self.written(&node.type_ann, unit),
            TsType::TsUnionOrIntersectionType(ast::TsUnionOrIntersectionType::TsUnionType(
                node,
            )) => {
                let list: Vec<Ty> =
                    node.types.iter().map(|node| self.written(node, unit)).collect();
                self.store.union(list)
            }
            TsType::TsUnionOrIntersectionType(
                ast::TsUnionOrIntersectionType::TsIntersectionType(node),
            ) => {
                let list: Vec<Ty> =
                    node.types.iter().map(|node| self.written(node, unit)).collect();
                self.store.intern(Kind::Intersection(list.into()))
            }
            TsType::TsLitType(node) => self.literal_type(&node.lit, unit),
            TsType::TsTypeOperator(node) => {
                let of = self.written(&node.type_ann, unit);
                match (node.op, self.store.kind(of).clone()) {
                    (ast::TsTypeOperatorOp::KeyOf, _) => self.store.intern(Kind::KeyOf(of)),
                    (ast::TsTypeOperatorOp::ReadOnly, Kind::Array(of, _)) => {
                        self.store.intern(Kind::Array(of, Access::ReadOnly))
                    }
                    (ast::TsTypeOperatorOp::ReadOnly, Kind::Tuple(elements, _)) => {
                        self.store.intern(Kind::Tuple(elements, Access::ReadOnly))
                    }
                    _ => of,
                }
            }
            TsType::TsIndexedAccessType(node) => {
                let object = self.written(&node.obj_type, unit);
                let index = self.written(&node.index_type, unit);
                self.store.intern(Kind::Indexed(object, index))
            }
            TsType::TsTypePredicate(_) => Ty::BOOLEAN,
            TsType::TsTypeQuery(node) => self.query(node, unit),
            _ => Ty::DYNAMIC,
        }
    }

    fn query(&mut self, node: &'a ast::TsTypeQuery, unit: usize) -> Ty {
        match &node.expr_name {
            ast::TsTypeQueryExpr::TsEntityName(ast::TsEntityName::Ident(ident)) => {
                match self.tables.units[unit].uses.get(&offset(ident.span.lo)).copied() {
                    Some(id) => self.binding_type(id),
                    None => {
                        self.unknown_value(ident, unit);
                        Ty::DYNAMIC
                    }
                }
            }
            _ => Ty::DYNAMIC,
        }
    }

    fn literal_type(&mut self, lit: &'a ast::TsLit, unit: usize) -> Ty {
        match lit {
            ast::TsLit::Number(node) => self.store.number(node.value, Fresh::No),
            ast::TsLit::Str(node) => {
                let text = Atom::from(&*node.value.to_string_lossy());
                self.store.string(text, Fresh::No)
            }
            ast::TsLit::Bool(node) => {
                if node.value {
                    Ty::TRUE
                } else {
                    Ty::FALSE
                }
            }
            ast::TsLit::BigInt(_) => Ty::DYNAMIC,
            ast::TsLit::Tpl(node) => {
                let texts: Vec<Atom> = node.quasis.iter().map(cooked).collect();
                let types: Vec<Ty> =
                    node.types.iter().map(|node| self.written(node, unit)).collect();
                self.store.intern(Kind::Template(texts.into(), types.into()))
            }
        }
    }

    fn tuple(&mut self, node: &'a ast::TsTupleType, unit: usize) -> Ty {
        let mut elements = Vec::new();
        for element in &node.elem_types {
            let rest = matches!(element.label, Some(Pat::Rest(_)));
            let (node, presence) = match &*element.ty {
                TsType::TsOptionalType(node) => (&*node.type_ann, Presence::Optional),
                TsType::TsRestType(node) => (&*node.type_ann, Presence::Rest),
                _ if rest => (&*element.ty, Presence::Rest),
                _ => (&*element.ty, Presence::Required),
            };
            let mut ty = self.written(node, unit);
            if presence == Presence::Rest {
                ty = self.element_of_list(ty);
            }
            elements.push(Element { ty, presence });
        }
        self.store.intern(Kind::Tuple(elements.into(), Access::Mutable))
    }

    /// What the elements of a written list are.
    fn element_of_list(&mut self, ty: Ty) -> Ty {
        match self.store.kind(ty) {
            Kind::Array(of, _) => *of,
            _ => Ty::DYNAMIC,
        }
    }

    fn reference(&mut self, node: &'a ast::TsTypeRef, unit: usize) -> Ty {
        let arguments: Vec<Ty> = node
            .type_params
            .iter()
            .flat_map(|list| &list.params)
            .map(|node| self.written(node, unit))
            .collect();
        let ident = match &node.type_name {
            ast::TsEntityName::Ident(ident) => ident,
            ast::TsEntityName::TsQualifiedName(name) => match &name.left {
                ast::TsEntityName::Ident(left) => left,
                ast::TsEntityName::TsQualifiedName(_) => return Ty::DYNAMIC,
            },
        };
        match self.tables.units[unit].type_uses.get(&offset(ident.span.lo)).copied() {
            Some(TypeName::Param(id)) => self.store.intern(Kind::Param(id)),
            Some(TypeName::Decl(id)) => match self.followed(id) {
                Some(id) => self.named(id, arguments, node.span, unit),
                None => Ty::DYNAMIC,
            },
            None => match utility(&ident.sym) {
                Some(utility) => {
                    if let (Utility::Pick, [of, keys]) = (utility, arguments.as_slice()) {
                        self.check_picked(*of, *keys, (node.span, unit));
                    }
                    let ty = self.store.intern(Kind::Utility(utility, arguments.into()));
                    if self.store.is_open(ty) { ty } else { self.simple_utility(ty) }
                }
                None => {
                    self.unknown_type(ident, unit);
                    Ty::DYNAMIC
                }
            },
        }
    }

    /// `Record<string, T>` is the same type as `{ [name: string]: T }`.
    fn simple_utility(&mut self, ty: Ty) -> Ty {
        match self.store.kind(ty) {
            Kind::Utility(Utility::Record, _) => self.resolve(ty),
            _ => ty,
        }
    }

    /// The declaration behind imports.
    pub(super) fn followed(&mut self, id: DeclId) -> Option<DeclId> {
        let decl = self.tables.decl(id);
        let TypeForm::Import(import, named) = decl.form else { return Some(id) };
        let name = imported_name(named);
        match self.module_of(decl.unit)?.target_of(&import.src)? {
            Target::Virtual(module) => self.tables.host.get(module.name)?.types.get(&name).copied(),
            Target::Local(index) => {
                self.tables.units.get(index + 1)?.type_exports.get(&name).copied()
            }
        }
    }

    fn named(
        &mut self,
        id: DeclId,
        mut arguments: Vec<Ty>,
        span: swc_common::Span,
        unit: usize,
    ) -> Ty {
        let decl = self.tables.decl(id);
        let (name, library, params) = (decl.name.clone(), decl.unit == 0, decl.params.clone());
        if library && arguments.len() == 1 {
            match &*name {
                "Array" => return self.store.array(arguments[0]),
                "ReadonlyArray" => {
                    return self.store.intern(Kind::Array(arguments[0], Access::ReadOnly));
                }
                _ => {}
            }
        }
        let required = params.iter().take_while(|&&param| self.default_of(param).is_none()).count();
        if arguments.len() < required || arguments.len() > params.len() {
            self.wrong_type_arguments(&name, required, params.len(), arguments.len(), span, unit);
            arguments.truncate(params.len());
        }
        // What a handler promises is judged with its proofs.
        for (&param, &argument) in params.iter().zip(&arguments).filter(|_| &*name != "Spec") {
            self.check_type_argument(param, argument, (span, unit));
        }
        while arguments.len() < params.len() {
            let param = params[arguments.len()];
            let default = match self.default_of(param) {
                Some(node) => {
                    let unit = self.tables.params[param.0 as usize].unit;
                    let ty = self.written(node, unit);
                    self.substitute(ty, &params, &arguments)
                }
                None => Ty::DYNAMIC,
            };
            arguments.push(default);
        }
        self.store.intern(Kind::Named(id, arguments.into()))
    }

    pub(super) fn default_of(&self, param: ParamId) -> Option<&'a TsType> {
        self.tables.params[param.0 as usize].node.and_then(|node| node.default.as_deref())
    }

    /// What a type parameter must be.
    pub(super) fn bound_of(&mut self, param: ParamId) -> Option<Ty> {
        let info = &self.tables.params[param.0 as usize];
        let (unit, node) = (info.unit, info.node?.constraint.as_deref()?);
        Some(self.written(node, unit))
    }

    /// The type of a record with these members.
    pub(super) fn members(
        &mut self,
        members: impl Iterator<Item = &'a ast::TsTypeElement>,
        unit: usize,
    ) -> Ty {
        use ast::TsTypeElement as M;
        let mut record =
            Record { fields: Vec::new(), index: None, calls: Arc::from([]), fresh: Fresh::No };
        let mut calls = Vec::new();
        for member in members {
            match member {
                M::TsPropertySignature(node) => {
                    let Some(name) = key_name(&node.key, node.computed) else { continue };
                    let ty = match &node.type_ann {
                        Some(annotation) => self.written(&annotation.type_ann, unit),
                        None => Ty::DYNAMIC,
                    };
                    let access = if node.readonly { Access::ReadOnly } else { Access::Mutable };
                    add(&mut record.fields, Field { name, ty, optional: node.optional, access });
                }
                M::TsMethodSignature(node) => {
                    let Some(name) = key_name(&node.key, node.computed) else { continue };
                    let mut signature = self.signature(
                        node.type_params.as_deref(),
                        &node.params,
                        node.type_ann.as_deref(),
                        unit,
                    );
                    signature.method = true;
                    let ty = self.store.function(signature);
                    self.add_method(&mut record.fields, name, ty, node.optional);
                }
                M::TsCallSignatureDecl(node) => calls.push(self.signature(
                    node.type_params.as_deref(),
                    &node.params,
                    node.type_ann.as_deref(),
                    unit,
                )),
                M::TsIndexSignature(node) => {
                    let ty = match &node.type_ann {
                        Some(annotation) => self.written(&annotation.type_ann, unit),
                        None => Ty::DYNAMIC,
                    };
                    record.index = Some(ty);
                }
                M::TsConstructSignatureDecl(_)
                | M::TsGetterSignature(_)
                | M::TsSetterSignature(_) => {}
            }
        }
        record.calls = calls.into();
        match record.fields.is_empty() && record.index.is_none() && !record.calls.is_empty() {
            true => self.store.intern(Kind::Function(record.calls)),
            false => self.store.intern(Kind::Record(Arc::new(record))),
        }
    }

    /// A second method of the same name is an overload.
    fn add_method(&mut self, fields: &mut Vec<Field>, name: Atom, ty: Ty, optional: bool) {
        let known = fields.iter_mut().find(|field| field.name == name);
        let Some(field) = known else {
            fields.push(Field { name, ty, optional, access: Access::Mutable });
            return;
        };
        let (Kind::Function(before), Kind::Function(more)) =
            (self.store.kind(field.ty).clone(), self.store.kind(ty).clone())
        else {
            return;
        };
        let all: Vec<Signature> = before.iter().chain(more.iter()).cloned().collect();
        field.ty = self.store.intern(Kind::Function(all.into()));
    }

    /// A written signature.
    pub(super) fn signature(
        &mut self,
        generics: Option<&'a ast::TsTypeParamDecl>,
        params: &'a [ast::TsFnParam],
        result: Option<&'a ast::TsTypeAnn>,
        unit: usize,
    ) -> Signature {
        let mut list = Vec::new();
        for param in params {
            let (name, annotation, presence) = match param {
                ast::TsFnParam::Ident(node) => {
                    let presence =
                        if node.id.optional { Presence::Optional } else { Presence::Required };
                    (node.id.sym.clone(), node.type_ann.as_deref(), presence)
                }
                ast::TsFnParam::Rest(node) => {
                    (Atom::from("rest"), node.type_ann.as_deref(), Presence::Rest)
                }
                ast::TsFnParam::Array(node) => {
                    (Atom::from("list"), node.type_ann.as_deref(), Presence::Required)
                }
                ast::TsFnParam::Object(node) => {
                    (Atom::from("object"), node.type_ann.as_deref(), Presence::Required)
                }
            };
            let mut ty = match annotation {
                Some(annotation) => self.written(&annotation.type_ann, unit),
                None => Ty::DYNAMIC,
            };
            if presence == Presence::Rest {
                ty = self.element_of_list(ty);
            }
            list.push(Parameter { name, ty, presence });
        }
        let guard = self.guard(result, &list, unit);
        let result = match result {
            Some(annotation) => self.written(&annotation.type_ann, unit),
            None => Ty::DYNAMIC,
        };
        let generics = self.generics(generics, unit);
        Signature { generics, params: list.into(), result, guard, method: false }
    }

    /// The type parameters of a function.
    pub(super) fn generics(
        &mut self,
        node: Option<&'a ast::TsTypeParamDecl>,
        unit: usize,
    ) -> Arc<[ParamId]> {
        let known = &self.tables.units[unit].type_params;
        let params = node.iter().flat_map(|node| &node.params);
        params.filter_map(|param| known.get(&offset(param.name.span.lo)).copied()).collect()
    }

    /// `x is T` of a result.
    pub(super) fn guard(
        &mut self,
        result: Option<&'a ast::TsTypeAnn>,
        params: &[Parameter],
        unit: usize,
    ) -> Option<(u32, Ty)> {
        let TsType::TsTypePredicate(node) = &*result?.type_ann else { return None };
        let ast::TsThisTypeOrIdent::Ident(ident) = &node.param_name else { return None };
        let index = params.iter().position(|param| param.name == ident.sym)?;
        let ty = self.written(&node.type_ann.as_ref()?.type_ann, unit);
        Some((index as u32, ty))
    }
}

fn add(fields: &mut Vec<Field>, field: Field) {
    match fields.iter_mut().find(|known| known.name == field.name) {
        Some(known) => *known = field,
        None => fields.push(field),
    }
}

fn keyword(kind: ast::TsKeywordTypeKind) -> Ty {
    use ast::TsKeywordTypeKind as K;
    match kind {
        K::TsUnknownKeyword => Ty::UNKNOWN,
        K::TsNumberKeyword => Ty::NUMBER,
        K::TsObjectKeyword => Ty::OBJECT,
        K::TsBooleanKeyword => Ty::BOOLEAN,
        K::TsStringKeyword => Ty::STRING,
        K::TsVoidKeyword => Ty::VOID,
        K::TsUndefinedKeyword => Ty::UNDEFINED,
        K::TsNeverKeyword => Ty::NEVER,
        K::TsAnyKeyword
        | K::TsBigIntKeyword
        | K::TsSymbolKeyword
        | K::TsNullKeyword
        | K::TsIntrinsicKeyword => Ty::DYNAMIC,
    }
}

fn utility(name: &str) -> Option<Utility> {
    Some(match name {
        "Pick" => Utility::Pick,
        "Omit" => Utility::Omit,
        "Partial" => Utility::Partial,
        "Required" => Utility::Required,
        "Readonly" => Utility::Readonly,
        "Record" => Utility::Record,
        "Exclude" => Utility::Exclude,
        "Extract" => Utility::Extract,
        "NonNullable" => Utility::NonNullable,
        "ReturnType" => Utility::ReturnType,
        "Parameters" => Utility::Parameters,
        "$Flat" => Utility::Flat,
        _ => return None,
    })
}

/// The name under which another module knows what is imported.
pub(super) fn imported_name(named: &ast::ImportNamedSpecifier) -> Atom {
    match &named.imported {
        Some(ast::ModuleExportName::Ident(ident)) => ident.sym.clone(),
        Some(ast::ModuleExportName::Str(text)) => Atom::from(&*text.value.to_string_lossy()),
        None => named.local.sym.clone(),
    }
}

/// The text of a piece of a template.
pub(super) fn cooked(piece: &ast::TplElement) -> Atom {
    match &piece.cooked {
        Some(text) => Atom::from(&*text.to_string_lossy()),
        None => piece.raw.clone(),
    }
}

fn key_name(key: &Expr, computed: bool) -> Option<Atom> {
    match key {
        Expr::Ident(ident) if !computed => Some(ident.sym.clone()),
        Expr::Lit(Lit::Str(text)) => Some(Atom::from(&*text.value.to_string_lossy())),
        Expr::Lit(Lit::Num(number)) => Some(Atom::from(format!("{}", number.value))),
        _ => None,
    }
}
