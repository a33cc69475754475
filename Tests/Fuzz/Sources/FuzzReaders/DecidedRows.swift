// SPDX-License-Identifier: Apache-2.0

// Reads the input as header and block of rows that are scored and decided on.

import TestPolicies
import VigieApplication
import VigieService

nonisolated(unsafe) private let rows: DecidedRowsOfFuzzer = {
    do {
        let registry = try ModelRegistry(models: [TestBundle.model()])
        return DecidedRowsOfFuzzer(registry, try TestPolicy.read())
    } catch { preconditionFailure("no model, or no policy: \(error)") }
}()

/// Called by libFuzzer with each input: two bytes for the length of the header, least first, the
/// header, and the block.
@_cdecl("vigie_fuzz_decidedrows")
func fuzzDecidedRows(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let rest = UnsafeRawBufferPointer(start: start + 2, count: count - 2)
    let length = min(Int(start[0]) | Int(start[1]) << 8, rest.count)
    rows.read(
        header: UnsafeRawBufferPointer(rebasing: rest[..<length]),
        block: UnsafeRawBufferPointer(rebasing: rest[length...])
    )
    return 0
}
