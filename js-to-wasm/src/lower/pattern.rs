//! Destructuring. In: a pattern and a value. Out: statements that give the pattern's variables their values.

use swc_ecma_ast::{ObjectPatProp, Pat, PropName};

use super::{
    Lowered, Lowering,
    ir::{Expr, Stmt},
};

impl Lowering<'_> {
    /// Gives the variables of `pattern`, which are declared in the innermost scope, their first values.
    pub(super) fn bind(&mut self, pattern: &Pat, value: Expr, body: &mut Vec<Stmt>) -> Lowered<()> {
        match pattern {
            Pat::Ident(name) => {
                let var = self.declared(&name.id.sym);
                body.push(Stmt::Let(var, value));
                self.ir.vars[var.0 as usize].ready = true;
                Ok(())
            }
            Pat::Assign(assign) => {
                let given = self.temporary(value, body);
                let default = self.expression(&assign.right)?;
                self.bind(&assign.left, or_default(given, default), body)
            }
            Pat::Array(list) => {
                let place = self.place(list);
                let items = self.temporary(Expr::Direct("rt.iterate", vec![value]).at(place), body);
                for (index, element) in list.elems.iter().enumerate() {
                    let index = Expr::Int(index as u32);
                    match element {
                        Some(Pat::Rest(rest)) => {
                            let rest_items =
                                Expr::Direct("rt.rest_array", vec![items.clone(), index]);
                            self.bind(&rest.arg, rest_items, body)?;
                        }
                        Some(element) => {
                            self.bind(
                                element,
                                Expr::Direct("rt.item", vec![items.clone(), index]),
                                body,
                            )?;
                        }
                        None => {}
                    }
                }
                Ok(())
            }
            Pat::Object(object) => self.bind_object(object, value, body),
            Pat::Rest(_) | Pat::Expr(_) | Pat::Invalid(_) => {
                Err(self.not_compiled(pattern, "this pattern"))
            }
        }
    }

    fn bind_object(
        &mut self,
        object: &swc_ecma_ast::ObjectPat,
        value: Expr,
        body: &mut Vec<Stmt>,
    ) -> Lowered<()> {
        let place = self.place(object);
        let source = self.temporary(value, body);
        let mut taken = Vec::new();
        for property in &object.props {
            match property {
                ObjectPatProp::Assign(name) => {
                    let key = self.text(&name.key.id.sym);
                    taken.push(key);
                    let mut item = self.property(source.clone(), &name.key.id.sym).at(place);
                    if let Some(default) = &name.value {
                        let given = self.temporary(item, body);
                        let default = self.expression(default)?;
                        item = or_default(given, default);
                    }
                    let var = self.declared(&name.key.id.sym);
                    body.push(Stmt::Let(var, item));
                    self.ir.vars[var.0 as usize].ready = true;
                }
                ObjectPatProp::KeyValue(pair) => {
                    let item = match &pair.key {
                        PropName::Ident(name) => {
                            taken.push(self.text(&name.sym));
                            self.property(source.clone(), &name.sym)
                        }
                        other => {
                            let key = self.property_name(other)?;
                            let key = self.temporary(key, body);
                            taken.push(key.clone());
                            Expr::Direct("rt.index", vec![source.clone(), key])
                        }
                    };
                    self.bind(&pair.value, item.at(place), body)?;
                }
                ObjectPatProp::Rest(rest) => {
                    let names = Expr::Array(std::mem::take(&mut taken));
                    let others =
                        Expr::Direct("rt.rest_object", vec![source.clone(), names]).at(place);
                    self.bind(&rest.arg, others, body)?;
                }
            }
        }
        Ok(())
    }
}

/// `given`, or `default` if that is absent.
fn or_default(given: Expr, default: Expr) -> Expr {
    if matches!(given, Expr::Undefined) {
        return default;
    }
    Expr::If(Box::new(Expr::Absent(Box::new(given.clone()))), Box::new(default), Box::new(given))
}
