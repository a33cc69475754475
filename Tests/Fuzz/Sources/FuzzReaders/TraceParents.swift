// SPDX-License-Identifier: Apache-2.0

// Reads the input as the headers traceparent and, behind a line feed, tracestate; and holds the
// reader against a slow one that goes by the places of the letters.

import Telemetry

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_traceparent")
func fuzzTraceParent(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    let lines = input.split(separator: 10, maxSplits: 1, omittingEmptySubsequences: false)
    let parent = Array(lines[0])
    let state = lines.count > 1 ? String(decoding: lines[1], as: UTF8.self) : nil
    let read = TraceContext(parent: String(decoding: parent, as: UTF8.self), state: state)
    precondition((read != nil) == isSound(parent), "taken, or refused, without reason")
    if let read {
        let text = Array("-\(read.traceID)-\(read.parentID)-".utf8)
        precondition(parent[2..<53].elementsEqual(text), "other identifiers than were sent")
        precondition(read.isSampled == (parent[54] & 1 == (parent[54] < 0x61 ? 1 : 0)), "a flag")
        precondition(read.state.utf8.count <= 512, "a state that is too long")
    }
    return 0
}

private func isSound(_ parent: [UInt8]) -> Bool {
    let digits = Array("0123456789abcdef".utf8)
    guard parent.count >= 55, parent[..<2] != [0x66, 0x66] else { return false }
    for (place, letter) in parent[..<55].enumerated() {
        let isDash = [2, 35, 52].contains(place)
        guard isDash ? letter == 0x2D : digits.contains(letter) else { return false }
    }
    guard parent[3..<35].contains(where: { $0 != 0x30 }),
        parent[36..<52].contains(where: { $0 != 0x30 })
    else { return false }
    return parent.count == 55 || parent[..<2] != [0x30, 0x30] && parent[55] == 0x2D
}
