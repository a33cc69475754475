// SPDX-License-Identifier: Apache-2.0

// Reads the input as LISTEN_FDS and, behind a line feed, LISTEN_FDNAMES.

import CommandFiles
import PassedDescriptors
import VigieLimits

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_passed")
func fuzzPassed(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    let lines = input.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    var environment = ["LISTEN_FDS": lines[0], "LISTEN_PID": "7"]
    if lines.count > 1 { environment["LISTEN_FDNAMES"] = lines[1] }
    precondition((try? PassedDescriptors.named(environment, processID: 8))?.isEmpty == true)
    do throws(CommandFailure) {
        let found = try PassedDescriptors.named(environment, processID: 7)
        precondition(found.count <= ProcessLimits.passedSocketsMax, "more than may be")
        precondition(found.map(\.descriptor).elementsEqual(3..<(3 + Int32(found.count))))
        let text = lines.count > 1 ? lines[1] : ""
        let names = text.split(separator: ":", omittingEmptySubsequences: false)
        for (place, each) in found.enumerated() where place < names.count {
            precondition(each.name == names[place], "another name than was given")
        }
    } catch {
        precondition(!error.message.isEmpty, "an error that tells nothing")
    }
    return 0
}
