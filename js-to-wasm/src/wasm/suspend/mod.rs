//! Lets functions be left in the middle and gone on with later. In: a valid module, and which of its functions are those that switch. Out:
//! the same module, in which the functions that can be on the stack between the start of a branch of `parallel` or `race` and a wait can
//! be left; nothing else of it changes.
//!
//! The library's `switch` (`js-to-wasm/runtime/src/module/switch.rs`) has functions without bodies, which are written here:
//!
//! | function | what it does |
//! |---|---|
//! | `stop` | state becomes *stopping*, and it returns: the functions below it on the stack return one after the other |
//! | `run` | begins a branch, or sets the state to *going on* and calls `back`; the branch's stack begins at an address of its own |
//! | `back…` | calls the function whose frame is the lowest, one per type of result; without a frame left: the state is normal again |
//!
//! A function that can be left gets this form. `pc` is 0, or the number of the call (from 1) in which the function was left:
//!
//! ```text
//!  if state ≠ normal { take the frame of this function: pc and all locals }
//!  block $leave
//!    block
//!      block br_if (pc ≠ 0) 0            in front of the first call or block that can be left; br_table if there are more of them
//!        instructions
//!        operands → locals
//!      end
//!      if pc ≠ 0 { pc = 0; back } else { operands; call }
//!      br_if (state ≠ normal) $leave     with the number of this call
//!      operands that lay below
//!      instructions
//!    end
//!    return
//!  end
//!  pc = the number; put a frame: number of this function, pc, all locals; return anything
//! ```
//!
//! A block, loop or arm that holds such calls gets the same form inside, so that going on leads from block to block to the call. The operand
//! stack is empty wherever a block of these ends, because operands are put into locals of their own: one for each height and type, and
//! one for the condition of an `if` at each depth, which is how going on finds the arm.
//!
//! Why this is sound: a call is treated so if what it reaches can call `stop` by direct calls or by calls through the table of a type
//! that a function in the table with this property has. Every such function on the stack of a branch therefore looks at the state
//! before it does anything else, and only these functions run while the state is not normal. Between `run` and its return nothing
//! lies on the stack that is not part of the branch: the scheduler runs no branch inside of another. A tail call leaves no frame, and
//! `back` finds what it has led to by the number in the frame. Frames lie below the branch's own stack, which keeps its addresses.
//!
//! Never happens here: a change of a module that does not use branches.

mod reach;
mod rewrite;
mod sites;
mod switch;

use std::collections::{BTreeSet, HashMap};

use wasm_encoder::{CodeSection, Encode, RawSection};
use wasmparser::{
    CompositeInnerType, ElementItems, FuncToValidate, FuncType, FunctionBody, Operator, Parser,
    Payload, TypeRef, ValType, ValidPayload, Validator, ValidatorResources,
};

use rewrite::Rewritten;
use sites::Plan;

/// What goes wrong here: the module is not valid, or has what functions that can be left never have.
type Result<T> = std::result::Result<T, String>;

/// The functions that switch, as indices of the module, and where the state lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub(super) stop: u32,
    pub(super) run: u32,
    /// Gives the stack pointer.
    pub(super) stack: u32,
    /// Ends the request because no frame has room.
    pub(super) full: u32,
    /// By type of result: none, `i32`, `i64`, `f64`.
    pub(super) back: [u32; 4],
    /// Address of the state and of the lowest frame's address.
    pub(super) state: u32,
    /// Type of the code of function values.
    pub(super) closure: u32,
    /// Global that holds the stack pointer.
    pub(super) pointer: u32,
}

impl Marks {
    fn all(&self) -> [u32; 8] {
        let [none, i32, i64, f64] = self.back;
        [self.stop, self.run, self.stack, self.full, none, i32, i64, f64]
    }
}

/// Types of results of functions that can be left, in the order of [`Marks::back`].
const RESULTS: [Option<ValType>; 4] =
    [None, Some(ValType::I32), Some(ValType::I64), Some(ValType::F64)];

/// A function with its code.
struct Function<'a> {
    index: u32,
    validation: FuncToValidate<ValidatorResources>,
    body: FunctionBody<'a>,
}

/// What is known of the module.
#[derive(Default)]
struct Module<'a> {
    types: Vec<FuncType>,
    /// Types of functions, imports first.
    functions: Vec<u32>,
    imports: u32,
    /// Functions in the table.
    table: Vec<u32>,
    /// Functions with a body.
    defined: Vec<Function<'a>>,
    /// Sections as they stand: number, bytes.
    sections: Vec<(u8, &'a [u8])>,
}

impl Module<'_> {
    fn type_of(&self, function: u32) -> &FuncType {
        &self.types[self.functions[function as usize] as usize]
    }
}

/// Rewrites the module. Places are (index among the functions with a body, offset in the body, anything) and stay true.
pub(super) fn rewrite<T>(
    bytes: &[u8],
    marks: &Marks,
    places: &mut [(u32, usize, T)],
) -> Result<Vec<u8>> {
    if BTreeSet::from(marks.all()).len() < marks.all().len() {
        return Err("two of the functions that switch are the same".to_owned());
    }
    let module = read(bytes)?;
    let reach = reach::find(&module, marks)?;
    let mut plans: HashMap<u32, Plan> = HashMap::new();
    let mut numbers = switch::Numbers::default();
    for function in module.defined.iter().filter(|function| reach.can_be_left(function.index)) {
        let plan = sites::find(&module, &reach, function)?;
        if plan.count > 0 {
            numbers.add(function.index, module.type_of(function.index))?;
            plans.insert(function.index, plan);
        }
    }
    let mut code = CodeSection::new();
    for function in module.defined {
        let (index, original) = (function.index, function.body.as_bytes().to_vec());
        if let Some(body) = switch::body(marks, &numbers, index) {
            code.raw(&body);
        } else if let Some(plan) = plans.get(&index) {
            let context = rewrite::Context {
                types: &module.types,
                ty: &module.types[module.functions[index as usize] as usize],
                marks,
                number: numbers.of(index),
                plan,
            };
            let rewritten = rewrite::function(&context, function)?;
            rewritten.move_places(index - module.imports, places);
            code.raw(&rewritten.body);
        } else {
            code.raw(&original);
        }
    }
    Ok(assemble(&module.sections, &code))
}

impl Rewritten {
    fn move_places<T>(&self, defined: u32, places: &mut [(u32, usize, T)]) {
        for (_, offset, _) in places.iter_mut().filter(|(function, ..)| *function == defined) {
            let at = self.moved.partition_point(|(old, _)| old < offset);
            *offset = self.moved.get(at).or(self.moved.last()).map_or(0, |(_, new)| *new);
        }
    }
}

/// The module with other code.
fn assemble(sections: &[(u8, &[u8])], code: &CodeSection) -> Vec<u8> {
    let mut module = wasm_encoder::Module::new();
    for (id, data) in sections {
        if *id == wasm_encoder::SectionId::Code as u8 {
            module.section(code);
        } else {
            module.section(&RawSection { id: *id, data });
        }
    }
    module.finish()
}

fn read(bytes: &[u8]) -> Result<Module<'_>> {
    let mut module = Module::default();
    let mut validator = Validator::new_with_features(crate::package::features());
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.map_err(text)?;
        if let Some((id, range)) = payload.as_section() {
            module.sections.push((id, &bytes[range]));
        }
        module.payload(&payload)?;
        if let ValidPayload::Func(validation, body) = validator.payload(&payload).map_err(text)? {
            let index = module.imports + module.defined.len() as u32;
            module.defined.push(Function { index, validation, body });
        }
    }
    Ok(module)
}

impl Module<'_> {
    fn payload(&mut self, payload: &Payload<'_>) -> Result<()> {
        match payload {
            Payload::TypeSection(groups) => {
                for group in groups.clone() {
                    for ty in group.map_err(text)?.types() {
                        match &ty.composite_type.inner {
                            CompositeInnerType::Func(function) => self.types.push(function.clone()),
                            _ => return Err("a type that is no function".to_owned()),
                        }
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    if let TypeRef::Func(ty) = import.map_err(text)?.ty {
                        self.functions.push(ty);
                        self.imports += 1;
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                for ty in functions.clone() {
                    self.functions.push(ty.map_err(text)?);
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements.clone() {
                    let ElementItems::Functions(functions) = element.map_err(text)?.items else {
                        return Err("elements that are no functions".to_owned());
                    };
                    for function in functions {
                        self.table.push(function.map_err(text)?);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The instructions of a function: each with where it begins and ends in the body.
fn operators<'a>(body: &FunctionBody<'a>) -> Result<Vec<(Operator<'a>, usize, usize)>> {
    let start = body.range().start;
    let mut reader = body.get_operators_reader().map_err(text)?;
    let mut found = Vec::new();
    while !reader.eof() {
        let at = reader.original_position() - start;
        let operator = reader.read().map_err(text)?;
        found.push((operator, at, reader.original_position() - start));
    }
    Ok(found)
}

fn text(error: wasmparser::BinaryReaderError) -> String {
    error.to_string()
}

/// Appends instructions.
fn emit(out: &mut Vec<u8>, instructions: &[wasm_encoder::Instruction<'_>]) {
    instructions.iter().for_each(|instruction| instruction.encode(out));
}
