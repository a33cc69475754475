// SPDX-License-Identifier: Apache-2.0

// What is told of a portfolio's rows.

import CreditPolicy
import Testing
import VigieLimits

@Suite struct SimulationRemarksTests {
    private func rows(_ names: [String], from line: Int) -> SimulatedRows {
        SimulatedRows(
            rowCount: names.count,
            numbers: [],
            columnStride: 0,
            rowStride: 0,
            texts: [],
            name: { names[$0] },
            nameNumber: { row in
                names[row].isEmpty ? nil : SimulationRemarks.number(of: names[row].utf8)
            },
            place: { "line \(line + $0)" }
        )
    }

    @Test func companiesThatStandThereTwiceAreCounted() {
        var remarks = SimulationRemarks()
        remarks.note(rows(["A", "", "B", ""], from: 2))
        #expect(remarks.lines.isEmpty)
        remarks.note(rows(["C", "B", "A"], from: 6))
        #expect(
            remarks.lines == [
                "2 rows name a company that an earlier row names, and count once more; the first, "
                    + "line 7: B"
            ]
        )
    }

    @Test func namesBeyondThoseThatAreKeptAreTold() {
        var remarks = SimulationRemarks()
        let count = PolicyLimits.portfolioNames
        remarks.note(rows((0..<count).map { "\($0)" }, from: 0))
        #expect(remarks.lines.isEmpty)
        remarks.note(rows(["one more"], from: count))
        #expect(remarks.lines.count == 1)
        #expect(remarks.lines.first?.hasPrefix("only the first 1048576 names ") ?? false)
    }

    @Test func rowsOfASectorAreAddedUp() {
        var remarks = SimulationRemarks()
        remarks.note(sector: "no table knows it.", rows: 1)
        remarks.note(sector: "no table knows it.", rows: 2)
        #expect(remarks.lines == ["3 rows: no table knows it."])
    }
}
