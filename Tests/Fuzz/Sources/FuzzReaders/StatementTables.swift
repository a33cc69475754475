// SPDX-License-Identifier: Apache-2.0

// Reads the input as the tables that users give for statements: quartiles, and zones of models.

import CreditFacts
import Documents
import StatementAnalysis

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_statementtables")
func fuzzStatementTables(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    // The first byte says how long the pieces are.
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let whole = told(bytes, pieceBytes: bytes.count)
    let pieces = told(bytes, pieceBytes: Int(start[0] >> 4) + 1)
    precondition(whole == pieces, "whole and in pieces differ")
    return 0
}

/// What both tables give, in words.
private func told(_ bytes: [UInt8], pieceBytes: Int) -> [String] {
    var words: [String] = []
    var findings = Findings(keptPerCodeMax: 20)
    do throws(InputError) {
        let buffer = InputBuffer(source(of: bytes, pieceBytes: pieceBytes))
        let quartiles = try Quartiles(buffer, paper: 0, findings: &findings)
        precondition(quartiles.count > 0, "a table that gives nothing is no error")
        for name in ["ebe", "marge_ebe"] {
            let quarters = [-1e300, 0, 1e300].map {
                quartiles.quarter(name, segment: "", $0) ?? 0
            }
            precondition(quarters[0] <= quarters[1] && quarters[1] <= quarters[2], "not monotone")
            words.append("\(quarters)")
        }
    } catch {
        words.append(error.message)
    }
    do throws(InputError) {
        let buffer = InputBuffer(source(of: bytes, pieceBytes: pieceBytes))
        let zones = try ModelZones(buffer, paper: 0, findings: &findings)
        for value in [-1e300, 0, 1.5, .infinity] {
            words.append(zones.zone(of: "altman_z", value).map { "\($0)" } ?? "-")
        }
    } catch {
        words.append(error.message)
    }
    return words + findings.kept.map { "\($0)" }
}
