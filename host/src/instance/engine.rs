//! Wasmtime's engine and its settings, one per process. In: limits and how many instances are wanted. Out: an [`Engine`].

use std::num::NonZeroUsize;

use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, OptLevel, PoolingAllocationConfig,
    WasmFeatures,
};

use super::dirty;
use crate::limits::Limits;

/// Stack of a guest in bytes, and of the fiber around it: host calls run on the rest.
const WASM_STACK_BYTES: usize = 512 * 1024;
const FIBER_STACK_BYTES: usize = WASM_STACK_BYTES + 512 * 1024;
/// Bytes of a slot's memory that are reset by copying rather than given back to the kernel, where what is dirty is known.
const RESIDENT_BYTES: usize = 512 * 1024;
/// Frames of a guest's call stack that are looked at when it fails. JSON of the deepest nesting takes three quarters of them.
const BACKTRACE_FRAMES_MAX: usize = 2048;
/// Most elements of a guest's tables.
pub const TABLE_ELEMENTS: usize = 20_000;

/// How the memory of a dropped instance is reset. Wasmtime asks the kernel only for dirty pages that are present, and one that
/// is swapped out or is being moved in that moment keeps what was in it (wasmtime#14357): so this is off unless wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum PagemapScan {
    /// By copying to the pages that `PAGEMAP_SCAN` (Linux 6.7) reports, where the kernel has it.
    On,
    /// By giving its pages back to the kernel.
    #[default]
    Off,
}

/// How the engine is set up.
#[derive(Debug, Clone, Default)]
pub struct EngineOptions {
    /// See [`PagemapScan`].
    pub pagemap_scan: PagemapScan,
    /// See [`Instances`].
    pub instances: Instances,
}

/// Where the instance for a request comes from. A request cannot tell the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Instances {
    /// From the request before, put back into the state of a new one, where module and machine allow that.
    #[default]
    Renewed,
    /// Always made anew.
    Fresh,
}

impl EngineOptions {
    /// Whether instances are renewed where that is possible.
    pub(super) fn renews(&self) -> bool {
        self.instances == Instances::Renewed && dirty::available()
    }
}

/// Makes the engine. `memory_bytes` is the largest memory limit of any handler.
pub fn engine(
    limits: &Limits,
    memory_bytes: u64,
    options: &EngineOptions,
) -> wasmtime::Result<Engine> {
    let (scan, resident) = match options.pagemap_scan {
        PagemapScan::On => (Enabled::Auto, RESIDENT_BYTES),
        PagemapScan::Off => (Enabled::No, 0),
    };
    let mut pool = PoolingAllocationConfig::new();
    let instances = u32::try_from(limits.instances).unwrap_or(u32::MAX);
    pool.total_core_instances(instances)
        .total_memories(instances)
        .total_tables(instances)
        .total_stacks(instances)
        .max_unused_warm_slots(instances)
        .max_memories_per_module(1)
        .max_tables_per_module(1)
        .max_core_instance_size(1024 * 1024)
        .max_memory_size(usize::try_from(memory_bytes).unwrap_or(usize::MAX))
        .table_elements(TABLE_ELEMENTS)
        .linear_memory_keep_resident(resident)
        // One page: a table of up to 512 elements is reset by writing, without asking the kernel what is dirty.
        .table_keep_resident(4096)
        .async_stack_keep_resident(64 * 1024)
        .pagemap_scan(scan);

    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .memory_init_cow(true)
        .epoch_interruption(true)
        .max_wasm_stack(WASM_STACK_BYTES)
        .async_stack_size(FIBER_STACK_BYTES)
        // A fiber's stack is the host's own memory: guests cannot read it, so it need not be zeroed.
        .async_stack_zeroing(false)
        .cranelift_opt_level(OptLevel::Speed)
        // Enough to find the function of a program below a deep recursion of what it called.
        .wasm_backtrace_max_frames(NonZeroUsize::new(BACKTRACE_FRAMES_MAX))
        .parallel_compilation(true)
        .wasm_features(refused_features(), false)
        .wasm_features(WasmFeatures::TAIL_CALL, true);
    Engine::new(&config)
}

/// Proposals a guest cannot use: they would widen what there is to reset, or what can be exhausted.
fn refused_features() -> WasmFeatures {
    WasmFeatures::THREADS
        | WasmFeatures::MEMORY64
        | WasmFeatures::MULTI_MEMORY
        | WasmFeatures::CUSTOM_PAGE_SIZES
}
