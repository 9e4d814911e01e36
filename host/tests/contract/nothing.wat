;; A command of WASI: no memory under the right name, no room for requests, no route.
(module
  (memory (export "mem") 1)
  (func (export "_start")))
