// SPDX-License-Identifier: Apache-2.0

// Reads the input as the message of a company that is decided on.

import Policies
import TestPolicies
import VigieService

private nonisolated(unsafe) let reader = (try? TestPolicy.read()).map(CasesOfFuzzer.init)

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_cases")
func fuzzCases(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let reader else { preconditionFailure("the policy of tests cannot be used") }
    reader.read(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}
