//! `purview:assets` and `purview:files`: files of granted folders. In: paths from a guest. Out: numbers of open files; bytes of them
//! in the guest's memory, or on their way to the client without touching it. Whatever may wait for a disk runs on a thread for calls
//! that block. Never here: a file outside of its folder; `purview_native::files` opens them.

use std::{
    future::poll_fn,
    io,
    os::unix::fs::FileExt as _,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

use purview_abi::call::{self, asset, status};
use purview_native::files::{Asked, Asset, Folder, Missing, part};
use tokio::runtime::Handle;
use wasmtime::{Caller, Linker, Result};

use super::{io as started, memory};
use crate::{
    exchange::{self, Answer, FileBody},
    fault::Fault,
    instance::guest::Guest,
    limits::Limits,
    log, response,
};

/// Bytes that are read at one time.
const PIECE_BYTES: u32 = 128 * 1024;

/// Binds a folder, which is opened now and stays this one.
pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    folder: &Path,
    background: &Handle,
    limits: &Limits,
) -> Result<()> {
    const _: () = assert!(call::ASSETS.params.len() == 3, "path, its length, flags");
    let opened = Folder::open(folder).map_err(|error| {
        wasmtime::Error::msg(format!("the folder `{}` cannot be opened: {error}", folder.display()))
    })?;
    let (folder, background, most) = (Arc::new(opened), background.clone(), limits.handles);
    linker.func_wrap_async(
        "purview:assets",
        name,
        move |caller: Caller<'_, Guest>, (path, length, flags): (u32, u32, u32)| {
            let (folder, background) = (Arc::clone(&folder), background.clone());
            Box::new(open(caller, folder, background, most, (path, length, flags)))
        },
    )?;
    Ok(())
}

/// Binds one of the calls on open files.
pub(super) fn link_files(linker: &mut Linker<Guest>, name: &str) -> Result<()> {
    match name {
        call::FILES_ABOUT => linker.func_wrap(call::FILES, name, about)?,
        call::FILES_READ => linker.func_wrap_async(
            call::FILES,
            name,
            |caller: Caller<'_, Guest>, (file, offset, buffer, capacity): (i32, i64, u32, u32)| {
                Box::new(read(caller, file, offset, buffer, capacity))
            },
        )?,
        call::FILES_RESPOND => linker.func_wrap(call::FILES, name, respond)?,
        _ => linker.func_wrap(call::FILES, name, |mut caller: Caller<'_, Guest>, file: i32| {
            if caller.data_mut().files.close(file) { 0 } else { status::INVALID }
        })?,
    };
    Ok(())
}

/// One guest's open files. A number is never given twice while the guest lives.
#[derive(Debug, Default)]
pub struct Files {
    open: Vec<(i32, Opened)>,
    last: i32,
}

#[derive(Debug, Clone)]
struct Opened {
    asset: Arc<Asset>,
    background: Handle,
}

impl Files {
    /// How many are open.
    pub fn count(&self) -> usize {
        self.open.len()
    }

    /// Closes all.
    pub fn clear(&mut self) {
        self.open.clear();
        self.last = 0;
    }

    fn add(&mut self, opened: Opened) -> i32 {
        self.last = self.last.saturating_add(1);
        self.open.push((self.last, opened));
        self.last
    }

    fn get(&self, file: i32) -> Option<Opened> {
        self.open.iter().find(|(known, _)| *known == file).map(|(_, opened)| opened.clone())
    }

    fn close(&mut self, file: i32) -> bool {
        let before = self.open.len();
        self.open.retain(|(known, _)| *known != file);
        self.open.len() < before
    }
}

async fn open(
    mut caller: Caller<'_, Guest>,
    folder: Arc<Folder>,
    background: Handle,
    most: u64,
    (path, length, flags): (u32, u32, u32),
) -> Result<i32> {
    if length > asset::PATH_BYTES_MAX || flags & !asset::INDEX != 0 {
        return Ok(status::INVALID);
    }
    if caller.data().is_full(most) {
        log::limit("limit.handles", "a handler has opened as much as `handles` allows");
        return Ok(status::LIMIT);
    }
    let path = started::copy(&mut caller, path, length)?;
    let Ok(path) = String::from_utf8(path) else { return Ok(status::ABSENT) };
    let opened = blocking(&background, move || folder.file(&path, flags)).await;
    Ok(match opened {
        Ok(asset) => caller.data_mut().files.add(Opened { asset: Arc::new(asset), background }),
        Err(Missing::Unreadable(error)) => {
            let message = format!("a file of a folder cannot be read: {error}");
            log::event(log::Level::Error, "assets.unreadable", &message);
            status::UNAVAILABLE
        }
        Err(Missing::NotThere | Missing::IsFolder) => status::ABSENT,
    })
}

fn about(mut caller: Caller<'_, Guest>, file: i32, buffer: u32, capacity: u32) -> Result<i32> {
    let Some(opened) = caller.data().files.get(file) else { return Ok(status::INVALID) };
    let text = opened.asset.about.to_text();
    Ok(memory::fill(&mut caller, buffer, capacity, text.as_bytes())?)
}

async fn read(
    mut caller: Caller<'_, Guest>,
    file: i32,
    offset: i64,
    buffer: u32,
    capacity: u32,
) -> Result<i32> {
    let (Some(opened), Ok(offset)) = (caller.data().files.get(file), u64::try_from(offset)) else {
        return Ok(status::INVALID);
    };
    let length = capacity.min(PIECE_BYTES);
    memory::bytes(&mut caller, buffer, length, PIECE_BYTES)?;
    match read_piece(&opened.background, &opened.asset, offset, length).await {
        Ok(piece) => Ok(memory::fill(&mut caller, buffer, length, &piece)?),
        Err(_) => Ok(status::UNAVAILABLE),
    }
}

/// Sends status and fields; the body follows when the guest has returned.
fn respond(mut caller: Caller<'_, Guest>, record: u32, file: i32) -> Result<i32> {
    let Some(Opened { asset, background }) = caller.data().files.get(file) else {
        return Ok(status::INVALID);
    };
    let memory = memory::all(&mut caller);
    let code = exchange::with(|exchange| {
        if exchange.answer != Answer::None {
            return status::WRONG_STATE;
        }
        let (frame, limits) = (exchange.begin_whole_answer(), exchange.limits);
        let input = &exchange.input[..exchange.head.length];
        let fields =
            exchange.head.fields.iter().map(|(name, value)| (name.of(input), value.of(input)));
        let asked = Asked::read(exchange.head.method.of(input), fields);
        let wanted = |status| part(&asset.about, &asked, status);
        match response::encode_file(&mut exchange.output, memory, record, frame, limits, wanted) {
            Ok((status, end, bytes)) => {
                exchange.answer = Answer::Streaming { status, end };
                exchange.file = FileBody { asset, background, bytes }.unless_empty();
                0
            }
            Err(fault) => {
                if fault.is_limit() {
                    log::limit(fault.code(), "a handler's `respond` with a file was refused");
                }
                status::INVALID
            }
        }
    });
    Ok(code)
}

/// Sends what is left of the body of the current exchange's answer, if it is a file; waits for the disk and while the client is slow.
pub async fn send() -> Result<(), Fault> {
    let Some(FileBody { asset, background, mut bytes }) =
        exchange::with(|exchange| exchange.file.take())
    else {
        return Ok(());
    };
    while !bytes.is_empty() {
        exchange::with(|exchange| exchange.file_moves = true);
        let length = (bytes.end - bytes.start).min(u64::from(PIECE_BYTES));
        let length = u32::try_from(length).unwrap_or(PIECE_BYTES);
        let piece = read_piece(&background, &asset, bytes.start, length)
            .await
            .map_err(|_| Fault::FileCut)?;
        if piece.is_empty() {
            return Err(Fault::FileCut);
        }
        bytes.start += piece.len() as u64;
        exchange::with(|exchange| exchange.output.extend_from_slice(&piece));
        poll_fn(|_| {
            exchange::with(|exchange| {
                let room = exchange.output.len() < exchange.output_high;
                if room { Poll::Ready(()) } else { Poll::Pending }
            })
        })
        .await;
    }
    Ok(())
}

async fn read_piece(
    background: &Handle,
    asset: &Arc<Asset>,
    offset: u64,
    length: u32,
) -> io::Result<Vec<u8>> {
    let asset = Arc::clone(asset);
    blocking(background, move || {
        let mut piece = vec![0; length as usize];
        let count = loop {
            match asset.file.read_at(&mut piece, offset) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        piece.truncate(count);
        Ok(piece)
    })
    .await
}

/// Runs what may block on a thread for it, and wakes this worker when it is done.
async fn blocking<T: Send + 'static>(
    background: &Handle,
    work: impl FnOnce() -> T + Send + 'static,
) -> T {
    let bell = exchange::with(|exchange| exchange.bell.clone());
    let done = Arc::new(Mutex::new(None));
    let there = Arc::clone(&done);
    background.spawn_blocking(move || {
        let result = work();
        *there.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        if let Some(bell) = bell {
            bell.ring();
        }
    });
    poll_fn(|_| match done.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(result) => Poll::Ready(result),
        None => Poll::Pending,
    })
    .await
}
