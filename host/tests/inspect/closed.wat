;; Every import is granted by the policy, which allows more than is needed.
(module
  (import "purview:env" "JWT_SECRET" (func (param i32 i32) (result i32)))
  (import "purview:log" "write" (func (param i32 i32 i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2 1024)
  (func (export "purview:reserve/1") (param i32) (result i32) i32.const 0)
  (func (export "GET /users/{id}") (param i32 i32) (result i32) i32.const 0)
  (func (export "DELETE /users/{id}") (param i32 i32) (result i32) i32.const 0))
