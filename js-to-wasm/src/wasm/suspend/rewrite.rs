//! One function that can be left. In: its instructions and where it can be left. Out: the body in the form that the head of this folder draws,
//! and where each instruction has gone.

use std::{collections::BTreeMap, ops::RangeInclusive};

use wasm_encoder::{BlockType, Encode, Instruction as I, MemArg, ValType};
use wasmparser::{
    BlockType as Parsed, FuncToValidate, FuncType, FuncValidator, FuncValidatorAllocations,
    Operator, ValType as Type, ValidatorResources,
};

use super::{
    Function, Marks, Result, emit, operators,
    sites::{Plan, Role},
    switch::{self, LOWEST, TOP, zero},
    text,
};

/// What rewriting a function takes.
pub(super) struct Context<'a> {
    pub(super) types: &'a [FuncType],
    pub(super) ty: &'a FuncType,
    pub(super) marks: &'a Marks,
    /// Number of the function in its frames.
    pub(super) number: i32,
    pub(super) plan: &'a Plan,
}

/// A function that can be left.
pub(super) struct Rewritten {
    pub(super) body: Vec<u8>,
    /// Where instructions began in the old body, and where what has become of them begins in the new one; both ascend.
    pub(super) moved: Vec<(usize, usize)>,
}

/// A block of the original that is open.
struct Frame {
    /// Its label, counted from the outermost block of the new body.
    label: u32,
    /// Height of the operand stack below it.
    height: u32,
    /// Whether it can be left inside.
    sites: bool,
    /// Height of the operand stack below the outer frame's operands, which are in locals while this one is open.
    below: u32,
}

struct Writer<'a> {
    context: &'a Context<'a>,
    source: &'a [u8],
    validator: FuncValidator<ValidatorResources>,
    out: Vec<u8>,
    frames: Vec<Frame>,
    /// Blocks that are open in the new body.
    depth: u32,
    /// Types of the locals behind those of the original.
    added: Vec<Type>,
    original: u32,
    spilled: BTreeMap<(u32, u8), u32>,
    conditions: BTreeMap<usize, u32>,
    pc: u32,
    frame: u32,
}

/// Label of the block that is left by leaving the function.
const LEAVE: u32 = 0;
/// Bytes of a frame before the locals: the function's number, and `pc`.
const FRAME_HEAD: u64 = 8;

/// Rewrites a function.
pub(super) fn function(context: &Context<'_>, function: Function<'_>) -> Result<Rewritten> {
    let operators = operators(&function.body)?;
    let validation: FuncToValidate<ValidatorResources> = function.validation;
    let mut validator = validation.into_validator(FuncValidatorAllocations::default());
    let mut reader = function.body.get_binary_reader();
    validator.read_locals(&mut reader).map_err(text)?;
    let original = validator.len_locals();
    let mut writer = Writer {
        context,
        source: function.body.as_bytes(),
        validator,
        out: Vec::new(),
        frames: Vec::new(),
        depth: 0,
        added: vec![Type::I32, Type::I32],
        original,
        spilled: BTreeMap::new(),
        conditions: BTreeMap::new(),
        pc: original,
        frame: original + 1,
    };
    writer.begin()?;
    let mut moved = Vec::with_capacity(operators.len());
    for (index, (operator, at, end)) in operators.iter().enumerate() {
        moved.push((*at, writer.out.len()));
        writer.operator(index, operator, *at..*end)?;
    }
    Ok(writer.finish(moved))
}

impl Writer<'_> {
    fn begin(&mut self) -> Result<()> {
        let results = block_of(self.context.ty)?;
        emit(&mut self.out, &[I::Block(BlockType::Result(ValType::I32)), I::Block(results)]);
        self.frames.push(Frame { label: 1, height: 0, sites: true, below: 0 });
        self.depth = 2;
        self.sequence(None);
        Ok(())
    }

    fn operator(
        &mut self,
        index: usize,
        operator: &Operator<'_>,
        range: std::ops::Range<usize>,
    ) -> Result<()> {
        let raw = &self.source[range.clone()];
        match self.context.plan.roles[index] {
            Role::Dead => self.validate(operator, range.start)?,
            Role::Plain => {
                self.plain(operator, raw)?;
                self.validate(operator, range.start)?;
            }
            Role::Site(number) => self.site(operator, number, range)?,
            Role::Open(sites) => self.open(index, operator, sites, range)?,
            Role::Else => {
                self.validate(operator, range.start)?;
                emit(&mut self.out, &[I::Else]);
                self.sequence(Some(index));
            }
            Role::End => self.close(operator, range.start)?,
        }
        Ok(())
    }

    fn validate(&mut self, operator: &Operator<'_>, at: usize) -> Result<()> {
        self.validator.op(at, operator).map_err(text)
    }

    /// An instruction that stays as it is, but for labels.
    fn plain(&mut self, operator: &Operator<'_>, raw: &[u8]) -> Result<()> {
        let label = |relative: u32| -> Result<u32> {
            let frame = (self.frames.len() as u32).checked_sub(relative + 1);
            let frame = frame.and_then(|frame| self.frames.get(frame as usize));
            let frame = frame.ok_or("a label that is not open")?;
            Ok(self.depth - 1 - frame.label)
        };
        let instruction = match operator {
            Operator::Br { relative_depth } => I::Br(label(*relative_depth)?),
            Operator::BrIf { relative_depth } => I::BrIf(label(*relative_depth)?),
            Operator::BrTable { targets } => {
                let labels: Vec<u32> = targets
                    .targets()
                    .map(|target| label(target.map_err(text)?))
                    .collect::<Result<_>>()?;
                I::BrTable(labels.into(), label(targets.default())?)
            }
            _ => {
                self.out.extend_from_slice(raw);
                return Ok(());
            }
        };
        emit(&mut self.out, &[instruction]);
        Ok(())
    }

    /// The operand stack's height.
    fn height(&self) -> u32 {
        self.validator.operand_stack_height()
    }

    fn innermost(&self) -> Result<&Frame> {
        self.frames.last().ok_or_else(|| "code outside of every block".to_owned())
    }

    /// Puts the operands above `from` into locals, the uppermost first.
    fn spill(&mut self, from: u32, to: u32) -> Result<()> {
        for height in (from..to).rev() {
            let local = self.place_of(height)?;
            emit(&mut self.out, &[I::LocalSet(local)]);
        }
        Ok(())
    }

    /// Puts them back.
    fn reload(&mut self, from: u32, to: u32) -> Result<()> {
        for height in from..to {
            let local = self.place_of(height)?;
            emit(&mut self.out, &[I::LocalGet(local)]);
        }
        Ok(())
    }

    /// The local for the operand at a height.
    fn place_of(&mut self, height: u32) -> Result<u32> {
        let depth = self.height() - 1 - height;
        let ty = self.validator.get_operand_type(depth as usize).flatten();
        let ty = ty.ok_or("an operand without a type")?;
        self.place(height, ty)
    }

    fn place(&mut self, height: u32, ty: Type) -> Result<u32> {
        let key = (height, code(ty)?);
        if let Some(local) = self.spilled.get(&key) {
            return Ok(*local);
        }
        let local = self.add(ty);
        self.spilled.insert(key, local);
        Ok(local)
    }

    fn add(&mut self, ty: Type) -> u32 {
        self.added.push(ty);
        self.original + self.added.len() as u32 - 1
    }

    /// A call in which the function can be left.
    fn site(
        &mut self,
        operator: &Operator<'_>,
        number: u32,
        range: std::ops::Range<usize>,
    ) -> Result<()> {
        let (ty, index) = match operator {
            Operator::Call { function_index } => (self.callee(*function_index)?, 0),
            Operator::CallIndirect { type_index, .. } => {
                (self.context.types[*type_index as usize].clone(), 1)
            }
            _ => return Err("a site that is no call".to_owned()),
        };
        let base = self.innermost()?.height;
        let (height, back) = (self.height(), switch::class(&ty)?);
        let first = height - ty.params().len() as u32 - index;
        self.spill(base, height)?;
        self.target();
        let going_on = [I::LocalGet(self.pc), I::If(block_of(&ty)?), I::I32Const(0)];
        emit(&mut self.out, &going_on);
        let back = self.context.marks.back[back];
        emit(&mut self.out, &[I::LocalSet(self.pc), I::Call(back), I::Else]);
        self.reload(first, height)?;
        self.out.extend_from_slice(&self.source[range.clone()]);
        let leave = self.depth - 1 - LEAVE;
        let state = [I::I32Const(self.context.marks.state as i32), I::I32Load(word(0))];
        emit(&mut self.out, &[I::End, I::I32Const(number as i32)]);
        emit(&mut self.out, &state);
        emit(&mut self.out, &[I::BrIf(leave), I::Drop]);
        self.validate(operator, range.start)?;
        self.put_below(base, first)
    }

    /// Puts operands from `base` to `first` back below those that a call or a block has left above.
    fn put_below(&mut self, base: u32, first: u32) -> Result<()> {
        if base < first {
            let height = self.height();
            self.spill(first, height)?;
            self.reload(base, height)?;
        }
        Ok(())
    }

    fn callee(&self, function: u32) -> Result<FuncType> {
        use wasmparser::WasmModuleResources;
        let resources = self.validator.resources();
        let ty = resources.type_index_of_function(function).ok_or("a function without a type")?;
        Ok(self.context.types[ty as usize].clone())
    }

    fn open(
        &mut self,
        index: usize,
        operator: &Operator<'_>,
        sites: bool,
        range: std::ops::Range<usize>,
    ) -> Result<()> {
        let conditional = matches!(operator, Operator::If { .. });
        let below = self.innermost()?.height;
        let height = self.height() - u32::from(conditional);
        if sites {
            if self.takes_operands(operator) {
                return Err("a block that can be left takes operands".to_owned());
            }
            let condition = conditional.then(|| self.condition());
            if let Some(condition) = condition {
                emit(&mut self.out, &[I::LocalSet(condition)]);
            }
            self.spill(below, height)?;
            self.target();
            if let Some(condition) = condition {
                emit(&mut self.out, &[I::LocalGet(condition)]);
            }
        }
        self.out.extend_from_slice(&self.source[range.clone()]);
        self.frames.push(Frame { label: self.depth, height, sites, below });
        self.depth += 1;
        self.validate(operator, range.start)?;
        if sites {
            self.sequence(Some(index));
        }
        Ok(())
    }

    fn takes_operands(&self, operator: &Operator<'_>) -> bool {
        let (Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty }) =
            operator
        else {
            return false;
        };
        match blockty {
            Parsed::FuncType(ty) => !self.context.types[*ty as usize].params().is_empty(),
            Parsed::Empty | Parsed::Type(_) => false,
        }
    }

    /// The local that holds the condition of an `if` at the present depth.
    fn condition(&mut self) -> u32 {
        let depth = self.frames.len();
        if let Some(local) = self.conditions.get(&depth) {
            return *local;
        }
        let local = self.add(Type::I32);
        self.conditions.insert(depth, local);
        local
    }

    fn close(&mut self, operator: &Operator<'_>, at: usize) -> Result<()> {
        let Some(frame) = self.frames.pop() else { return Err("a block too few".to_owned()) };
        self.validate(operator, at)?;
        self.depth = frame.label;
        emit(&mut self.out, &[I::End]);
        if frame.sites && !self.frames.is_empty() {
            self.put_below(frame.below, frame.height)?;
        }
        Ok(())
    }

    /// The begin of a sequence: going on leads to the call or block in it that holds the site.
    fn sequence(&mut self, after: Option<usize>) {
        let context = self.context;
        let Some(targets) = context.plan.sequences.get(&after) else { return };
        let pc = I::LocalGet(self.pc);
        let open = I::Block(BlockType::Empty);
        if let [_] = targets[..] {
            emit(&mut self.out, &[open, pc, I::BrIf(0)]);
            self.depth += 1;
            return;
        }
        // The innermost block ends where the sequence begins as ever.
        (0..=targets.len()).for_each(|_| emit(&mut self.out, std::slice::from_ref(&open)));
        let first = targets.first().map_or(0, |sites: &RangeInclusive<u32>| *sites.start());
        let labels: Vec<u32> = (1..)
            .zip(targets)
            .flat_map(|(label, sites)| sites.clone().map(move |_| label))
            .collect();
        let place = [pc, I::I32Const(first as i32), I::I32Sub];
        emit(&mut self.out, &place);
        emit(&mut self.out, &[I::BrTable(labels.into(), 0), I::End]);
        self.depth += targets.len() as u32;
    }

    /// The place of a sequence to which going on leads: nothing lies on the operand stack here.
    fn target(&mut self) {
        emit(&mut self.out, &[I::End]);
        self.depth -= 1;
    }

    fn finish(self, moved: Vec<(usize, usize)>) -> Rewritten {
        let locals: Vec<(u32, Type)> = (0..self.original)
            .chain(self.frame + 1..self.original + self.added.len() as u32)
            .map(|local| (local, self.type_of(local)))
            .collect();
        let bytes: u64 = locals.iter().map(|(_, ty)| size(*ty)).sum();
        let bytes = (FRAME_HEAD + bytes).next_multiple_of(8);
        let mut body = Vec::new();
        self.declare(&mut body);
        self.take_frame(&mut body, &locals, bytes);
        let start = body.len();
        body.extend_from_slice(&self.out);
        self.put_frame(&mut body, &locals, bytes);
        let moved = moved.into_iter().map(|(old, new)| (old, new + start)).collect();
        Rewritten { body, moved }
    }

    fn type_of(&self, local: u32) -> Type {
        let added = local.checked_sub(self.original).and_then(|at| self.added.get(at as usize));
        added.copied().or_else(|| self.validator.get_local_type(local)).unwrap_or(Type::I32)
    }

    fn declare(&self, body: &mut Vec<u8>) {
        let params = self.context.ty.params().len() as u32;
        let mut groups: Vec<(u32, Type)> = Vec::new();
        for local in params..self.original + self.added.len() as u32 {
            let ty = self.type_of(local);
            match groups.last_mut() {
                Some((count, last)) if *last == ty => *count += 1,
                _ => groups.push((1, ty)),
            }
        }
        (groups.len() as u32).encode(body);
        for (count, ty) in groups {
            count.encode(body);
            super::super::val(&ty).encode(body);
        }
    }

    /// Takes the frame of this function when it goes on.
    fn take_frame(&self, body: &mut Vec<u8>, locals: &[(u32, Type)], bytes: u64) {
        let state = I::I32Const(self.context.marks.state as i32);
        let (frame, pc) = (self.frame, self.pc);
        emit(body, &[state.clone(), I::I32Load(word(0)), I::If(BlockType::Empty)]);
        emit(body, &[state.clone(), state, I::I32Load(word(TOP)), I::LocalTee(frame)]);
        emit(body, &[I::I32Const(bytes as i32), I::I32Add, I::I32Store(word(TOP))]);
        emit(body, &[I::LocalGet(frame), I::I32Load(word(4)), I::LocalSet(pc)]);
        let mut offset = FRAME_HEAD;
        for (local, ty) in locals {
            emit(body, &[I::LocalGet(frame), load(*ty, offset), I::LocalSet(*local)]);
            offset += size(*ty);
        }
        emit(body, &[I::End]);
    }

    /// What follows the body: the end if it was not left, and the frame if it was.
    fn put_frame(&self, body: &mut Vec<u8>, locals: &[(u32, Type)], bytes: u64) {
        let state = I::I32Const(self.context.marks.state as i32);
        let (frame, pc) = (self.frame, self.pc);
        emit(body, &[I::Return, I::End, I::LocalSet(pc)]);
        emit(body, &[state.clone(), I::I32Load(word(TOP)), I::LocalTee(frame)]);
        emit(body, &[I::I32Const(bytes as i32 + LOWEST), I::I32LtU, I::If(BlockType::Empty)]);
        emit(body, &[I::Call(self.context.marks.full), I::Unreachable, I::End]);
        emit(body, &[state, I::LocalGet(frame), I::I32Const(bytes as i32), I::I32Sub]);
        emit(body, &[I::LocalTee(frame), I::I32Store(word(TOP))]);
        emit(body, &[I::LocalGet(frame), I::I32Const(self.context.number), I::I32Store(word(0))]);
        emit(body, &[I::LocalGet(frame), I::LocalGet(pc), I::I32Store(word(4))]);
        let mut offset = FRAME_HEAD;
        for (local, ty) in locals {
            emit(body, &[I::LocalGet(frame), I::LocalGet(*local), store(*ty, offset)]);
            offset += size(*ty);
        }
        let results: Vec<_> = self.context.ty.results().iter().map(zero).collect();
        emit(body, &results);
        emit(body, &[I::End]);
    }
}

/// The type of a block that leaves what a function gives.
fn block_of(ty: &FuncType) -> Result<BlockType> {
    match ty.results() {
        [] => Ok(BlockType::Empty),
        [one] => Ok(BlockType::Result(super::super::val(one))),
        _ => Err("a function that can be left has several results".to_owned()),
    }
}

fn code(ty: Type) -> Result<u8> {
    match ty {
        Type::I32 => Ok(0),
        Type::I64 => Ok(1),
        Type::F32 => Ok(2),
        Type::F64 => Ok(3),
        Type::V128 => Ok(4),
        Type::Ref(_) => {
            Err("a reference lies on the stack of a function that can be left".to_owned())
        }
    }
}

fn size(ty: Type) -> u64 {
    match ty {
        Type::I64 | Type::F64 => 8,
        Type::V128 => 16,
        _ => 4,
    }
}

fn word(offset: u64) -> MemArg {
    MemArg { offset, align: 2, memory_index: 0 }
}

fn load(ty: Type, offset: u64) -> I<'static> {
    let place = word(offset);
    match ty {
        Type::I64 => I::I64Load(place),
        Type::F32 => I::F32Load(place),
        Type::F64 => I::F64Load(place),
        Type::V128 => I::V128Load(place),
        _ => I::I32Load(place),
    }
}

fn store(ty: Type, offset: u64) -> I<'static> {
    let place = word(offset);
    match ty {
        Type::I64 => I::I64Store(place),
        Type::F32 => I::F32Store(place),
        Type::F64 => I::F64Store(place),
        Type::V128 => I::V128Store(place),
        _ => I::I32Store(place),
    }
}
