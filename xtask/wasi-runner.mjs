// Runs a WASI test binary under node, as a cargo runner:
//   CARGO_TARGET_WASM32_WASIP1_RUNNER="node xtask/wasi-runner.mjs"
// cargo appends the module and the arguments of the test harness.
import { readFile } from "node:fs/promises";
import process from "node:process";

// node announces WASI as experimental on every run; that is known and is noise in a test log.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).includes("WASI")) emitWarning.call(process, warning, ...rest);
};
const { WASI } = await import("node:wasi");

const [, , path, ...args] = process.argv;
if (path === undefined) {
  console.error("usage: node wasi-runner.mjs MODULE.wasm [ARGUMENT…]");
  process.exit(2);
}

const wasi = new WASI({
  version: "preview1",
  args: [path, ...args],
  env: process.env,
  preopens: { ".": process.cwd() },
  returnOnExit: true,
});
const module = await WebAssembly.compile(await readFile(path));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
try {
  process.exitCode = wasi.start(instance);
} catch (error) {
  // A panic aborts: WASI has no unwinding, so the failed test ends the module.
  console.error(error);
  process.exitCode = 101;
}
