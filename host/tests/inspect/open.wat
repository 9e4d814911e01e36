;; Chooses at run time, and no policy restricts it.
(module
  (import "purview:env" "*" (func (param i32 i32 i32 i32) (result i32)))
  (import "purview:env" "HOME" (func (param i32 i32) (result i32)))
  (import "purview:cache" "*.set" (func (param i32 i32 i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (func (export "purview:reserve/1") (param i32) (result i32) i32.const 0)
  (func (export "GET /{*path}") (param i32 i32) (result i32) i32.const 0)
  (@custom "purview:contract" "{\"version\":1,\"handler\":{\"path\":\"open.ts\",\"line\":3,\"column\":8},\"routes\":[{\"method\":\"GET\",\"pattern\":\"/{*path}\",\"aot\":true}]}"))
