//! How a built-in function is written. In: its name in the language and a body over `this` and the arguments. Out: a
//! function with the calling convention of every function value, exported under that name.

/// Declares built-ins: `"name" ident(this, args) { body }`, each body giving a [`crate::value::Value`].
macro_rules! builtins {
    ($($name:literal $ident:ident($this:ident, $args:ident) $body:block)*) => {$(
        #[doc = concat!("The built-in `", $name, "`.")]
        ///
        /// # Safety
        /// `argv` points at `argc` values.
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = $name))]
        pub unsafe extern "C" fn $ident(
            $this: $crate::value::Value,
            argc: u32,
            argv: *const $crate::value::Value,
        ) -> $crate::value::Value {
            // SAFETY: the caller passes `argc` values at `argv`.
            let $args = unsafe { $crate::function::Args::new(argc, argv) };
            $body
        }
    )*};
}

/// Declares functions that compiled code calls directly: `"name" ident(params) -> type { body }`.
macro_rules! direct {
    ($($name:literal $ident:ident($($param:ident: $type:ty),*) $(-> $result:ty)? $body:block)*) => {$(
        #[doc = concat!("The entry `", $name, "` of compiled code.")]
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = $name))]
        pub extern "C" fn $ident($($param: $type),*) $(-> $result)? $body
    )*};
}

/// Declares properties that built-in objects have: `"name" ident(this) { body }`.
macro_rules! getters {
    ($($name:literal $ident:ident($this:ident) $body:block)*) => {$(
        #[doc = concat!("The built-in property `", $name, "`.")]
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = concat!("get ", $name)))]
        pub extern "C" fn $ident($this: $crate::value::Value) -> $crate::value::Value $body
    )*};
}
