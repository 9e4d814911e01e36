;; GET / answers at once; GET /spin never does; GET /fill fills its memory again and again.
(module
  (memory (export "memory") 1 1024)
  (global (export "purview:request/1") i32 (i32.const 4096))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  (data (i32.const 1024) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\80\04\00\00" "\03\00\00\00" "\00\00\00\00")
  (data (i32.const 1152) "ok\0a")
  (func (export "GET /") (param i32 i32) (result i32) (i32.const 1024))
  (func (export "GET /spin") (param i32 i32) (result i32) (loop $l (br $l)) (unreachable))
  (func (export "GET /fill") (param i32 i32) (result i32)
    (drop (memory.grow (i32.const 1000)))
    (loop $l (memory.fill (i32.const 65536) (i32.const 7) (i32.const 65000000)) (br $l))
    (unreachable)))
