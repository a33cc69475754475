// SPDX-License-Identifier: Apache-2.0

// What all tests of expressions share.

import DecimalNumbers
import FEEL
import Glibc

/// The zones of the system that the tests run on.
let systemZones = FEELZones { name in
    guard let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
}

/// An evaluation at noon of a day.
func evaluation() -> FEELEvaluation {
    let now = FEELDate(year: 2026, month: 11, day: 29).map {
        FEELDateTime(date: $0, nanoseconds: 43_200_000_000_000, zone: .utc)
    }
    return FEELEvaluation(now: now, zones: systemZones)
}

/// What an expression gives, as text; problems and messages are passed over.
func result(_ text: String, _ inputs: [(String, FEELValue)] = []) -> String {
    let scope = FEELScope(inputs.map { ($0.0, .any) }, zones: systemZones)
    let evaluation = evaluation()
    let value = FEELProgram(text, scope).evaluate(inputs.map(\.1), evaluation)
    return evaluation.text(of: .list([value])).map { String($0.dropFirst().dropLast()) } ?? "?"
}

/// The kinds of problems that an expression has.
func problems(
    _ text: String,
    _ names: [(name: String, type: FEELType)] = []
) -> [FEELProblem.Kind] {
    FEELProgram(text, FEELScope(names, zones: systemZones)).problems.map(\.kind)
}

/// The first message of an evaluation.
func message(_ text: String) -> String? {
    let evaluation = evaluation()
    _ = FEELProgram(text, FEELScope(zones: systemZones)).evaluate([], evaluation)
    return evaluation.messages.first?.description
}
