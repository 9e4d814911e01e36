//! Wasmtime's engine and its settings, one per process. In: limits and how many instances are wanted. Out: an [`Engine`].

use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, OptLevel, PoolingAllocationConfig,
    WasmFeatures,
};

use crate::limits::Limits;

/// Stack of a guest in bytes, and of the fiber around it: host calls run on the rest.
const WASM_STACK_BYTES: usize = 512 * 1024;
const FIBER_STACK_BYTES: usize = WASM_STACK_BYTES + 512 * 1024;
/// Bytes of a slot's memory that are reset by copying rather than given back to the kernel.
const RESIDENT_BYTES: usize = 512 * 1024;
/// Most elements of a guest's tables.
pub const TABLE_ELEMENTS: usize = 20_000;

/// Whether dirty pages are found by asking the kernel (`PAGEMAP_SCAN`, Linux 6.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum PagemapScan {
    /// If the kernel offers it and the machine has no swap.
    #[default]
    Auto,
    /// Always; an error where the kernel does not offer it.
    On,
    /// Never.
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
    /// Whether instances can be renewed: that relies on the kernel's word about dirty pages, as the scan does.
    pub(super) fn renews(&self) -> bool {
        self.instances == Instances::Renewed && matches!(scan(self.pagemap_scan), Enabled::Yes)
    }
}

/// Makes the engine. `memory_bytes` is the largest memory limit of any handler.
pub fn engine(
    limits: &Limits,
    memory_bytes: u64,
    options: &EngineOptions,
) -> wasmtime::Result<Engine> {
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
        .linear_memory_keep_resident(RESIDENT_BYTES)
        // One page: a table of up to 512 elements is reset by writing, without asking the kernel what is dirty.
        .table_keep_resident(4096)
        .async_stack_keep_resident(64 * 1024)
        .pagemap_scan(scan(options.pagemap_scan));

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

/// A dirty page that was swapped out is neither reset nor seen by the scan (wasmtime#14357), so the scan is for machines
/// without swap.
fn scan(wanted: PagemapScan) -> Enabled {
    match wanted {
        PagemapScan::On => Enabled::Yes,
        PagemapScan::Off => Enabled::No,
        PagemapScan::Auto if has_swap() => Enabled::No,
        PagemapScan::Auto if PoolingAllocationConfig::is_pagemap_scan_available() => Enabled::Yes,
        PagemapScan::Auto => Enabled::No,
    }
}

/// Whether the machine can swap; yes if that cannot be told.
fn has_swap() -> bool {
    match std::fs::read_to_string("/proc/swaps") {
        Ok(table) => table.lines().count() > 1,
        Err(_) => true,
    }
}
