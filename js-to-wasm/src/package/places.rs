//! The custom section that says which byte of the code comes from which place of the source. In: places by function and offset. Out: the
//! section's bytes, and [`Places`] that reads them.
//!
//! ```text
//!  section: number of files, per file its path; number of entries, per entry:
//!           bytes since the last entry, file, line (signed, since the last entry), column
//! ```
//! Numbers are LEB128, texts have their length before them. Offsets count from the start of the module, as traps do.

use wasm_encoder::Encode;

use crate::{parse::Program, source::Span};

/// Name of the section.
pub const PLACES_SECTION: &str = "purview:places";

/// Largest section that is read, and the most files and places in it: what a module says of itself must cost little.
const SECTION_BYTES_MAX: usize = 8 << 20;
const FILES_MAX: u32 = 1024;
const PATH_BYTES_MAX: usize = 1024;
const ENTRIES_MAX: u32 = 1 << 20;

/// A place in a source file; line and column count from 1, columns in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path of the file.
    pub file: String,
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// The section, read.
#[derive(Debug, Clone, Default)]
pub struct Places {
    files: Vec<String>,
    entries: Vec<(usize, usize, u32, u32)>,
}

/// Writes the section for a module whose code is final.
pub(super) fn write(program: &Program, module: &[u8], places: &[(u32, usize, Span)]) -> Vec<u8> {
    let bodies = bodies(module);
    let mut entries: Vec<(usize, Span)> = Vec::with_capacity(places.len());
    let mut before = None;
    for (function, offset, span) in places {
        // What runs before a function's first instruction belongs to it too: there the host may stop it.
        let first = before.replace(*function) != Some(*function);
        let at = bodies[*function as usize] + if first { 0 } else { *offset };
        match entries.last_mut() {
            Some((last, known)) if *last == at => *known = *span,
            Some((_, known)) if known == span && !first => {}
            _ => entries.push((at, *span)),
        }
    }
    let mut bytes = Vec::new();
    let files: Vec<_> = program.sources.files().collect();
    files.len().encode(&mut bytes);
    files.iter().for_each(|(_, file)| file.path().encode(&mut bytes));
    entries.len().encode(&mut bytes);
    let (mut last_at, mut last_line) = (0, 0);
    for (at, span) in entries {
        let position = program.sources.file(span.file).position(span.start);
        (at - last_at).encode(&mut bytes);
        span.file.0.encode(&mut bytes);
        (i64::from(position.line) - last_line).encode(&mut bytes);
        position.column_utf16.encode(&mut bytes);
        (last_at, last_line) = (at, i64::from(position.line));
    }
    bytes
}

/// Where each defined function's body starts.
fn bodies(module: &[u8]) -> Vec<usize> {
    let payloads = wasmparser::Parser::new(0).parse_all(module);
    payloads
        .filter_map(|payload| match payload {
            Ok(wasmparser::Payload::CodeSectionEntry(body)) => Some(body.range().start),
            _ => None,
        })
        .collect()
}

/// Where the code section's content starts.
fn code_start(module: &[u8]) -> Option<usize> {
    wasmparser::Parser::new(0).parse_all(module).find_map(|payload| match payload {
        Ok(wasmparser::Payload::CodeSectionStart { range, .. }) => Some(range.start),
        _ => None,
    })
}

impl Places {
    /// Reads the section of a module; nothing if it has none, or it is broken or too large. The module need not be one of ours: a
    /// place is for people to read, nothing follows from it.
    pub fn of(module: &[u8]) -> Option<Self> {
        let section =
            wasmparser::Parser::new(0).parse_all(module).find_map(|payload| match payload {
                Ok(wasmparser::Payload::CustomSection(section))
                    if section.name() == PLACES_SECTION =>
                {
                    Some(section.data())
                }
                _ => None,
            })?;
        if section.len() > SECTION_BYTES_MAX { None } else { Self::read(section).ok().flatten() }
    }

    /// The same places for `to`, which has the code of `from` at another offset.
    #[must_use]
    pub fn moved(mut self, from: &[u8], to: &[u8]) -> Option<Self> {
        let (from, to) = (code_start(from)?, code_start(to)?);
        for entry in &mut self.entries {
            entry.0 = (entry.0 + to).saturating_sub(from);
        }
        Some(self)
    }

    fn read(section: &[u8]) -> wasmparser::Result<Option<Self>> {
        let mut reader = wasmparser::BinaryReader::new(section, 0);
        let mut places = Self::default();
        let files = reader.read_var_u32()?;
        for _ in 0..files.min(FILES_MAX) {
            let path = reader.read_string()?;
            if path.len() > PATH_BYTES_MAX {
                return Ok(None);
            }
            places.files.push(path.to_owned());
        }
        let entries = reader.read_var_u32()?;
        if files > FILES_MAX || entries > ENTRIES_MAX {
            return Ok(None);
        }
        let (mut at, mut line) = (0_usize, 0_i64);
        for _ in 0..entries {
            // Offsets are those of a module, which is smaller than 4 GiB.
            at = at.saturating_add(reader.read_var_u32()? as usize).min(u32::MAX as usize);
            let file = reader.read_var_u32()? as usize;
            line = line.saturating_add(reader.read_var_i64()?);
            places.entries.push((
                at,
                file,
                u32::try_from(line).unwrap_or(0),
                reader.read_var_u32()?,
            ));
        }
        Ok(Some(places))
    }

    /// The place of the instruction at this offset of the module.
    pub fn at(&self, offset: usize) -> Option<Place> {
        let index = self.entries.partition_point(|entry| entry.0 <= offset).checked_sub(1)?;
        let (_, file, line, column) = self.entries[index];
        Some(Place { file: self.files.get(file)?.clone(), line, column })
    }
}
