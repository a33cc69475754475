// SPDX-License-Identifier: Apache-2.0

// Reads the input as a request of ModelInfer.

import VigieApplication
import VigieService

nonisolated(unsafe) private let tensors: TensorsOfFuzzer = {
    do {
        return TensorsOfFuzzer(try ModelRegistry(models: [TestBundle.model()]))
    } catch { preconditionFailure("no model: \(error)") }
}()

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_tensors")
func fuzzTensors(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    tensors.read(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}
