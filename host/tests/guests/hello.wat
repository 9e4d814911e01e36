;; Answers GET / with a constant JSON text, and POST /echo with the request's body.
(module
  (import "purview:http" "body" (func $body (param i32 i32) (result i32)))
  (memory (export "memory") 2)
  (global (export "purview:request/1") i32 (i32.const 4096))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  ;; response record at 1024: version 1, status 200
  (data (i32.const 1024) "\01\00\c8\00" "\40\04\00\00" "\01\00\00\00" "\80\04\00\00" "\11\00\00\00" "\00\00\00\00")
  ;; header table at 1088: content-type
  (data (i32.const 1088) "\50\04\00\00" "\0c\00\00\00" "\60\04\00\00" "\10\00\00\00")
  (data (i32.const 1104) "content-type")
  (data (i32.const 1120) "application/json")
  (data (i32.const 1152) "{\"hello\":\"world\"}")
  (func (export "GET /") (param i32 i32) (result i32) (i32.const 1024))
  (func (export "POST /echo") (param i32 i32) (result i32)
    (i32.store (i32.const 1036) (i32.const 65536))
    (i32.store (i32.const 1040) (call $body (i32.const 65536) (i32.const 65536)))
    (i32.const 1024)))
