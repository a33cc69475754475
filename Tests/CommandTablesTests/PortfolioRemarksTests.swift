// SPDX-License-Identifier: Apache-2.0

// What is told of a portfolio's rows.

import CommandTables
import Testing
import VigieLimits

@Suite struct PortfolioRemarksTests {
    private func column(_ names: some Sequence<String>) -> TextColumn {
        var column = TextColumn()
        for name in names { column.append(name) }
        return column
    }

    @Test func companiesThatStandThereTwiceAreCounted() {
        var remarks = PortfolioRemarks()
        remarks.note(column(["A", "", "B", ""]), [2, 3, 4, 5])
        #expect(remarks.lines.isEmpty)
        remarks.note(column(["C", "B", "A"]), [6, 7, 8])
        #expect(
            remarks.lines == [
                "2 rows name a company that an earlier row names, and count once more; the first, "
                    + "line 7: B"
            ]
        )
    }

    @Test func namesBeyondThoseThatAreKeptAreTold() {
        var remarks = PortfolioRemarks()
        let count = PolicyLimits.portfolioNames
        remarks.note(column((0..<count).lazy.map { "\($0)" }), Array(0..<count))
        #expect(remarks.lines.isEmpty)
        remarks.note(column(["one more"]), [count])
        #expect(remarks.lines.count == 1)
        #expect(remarks.lines.first?.hasPrefix("only the first 1048576 names ") ?? false)
    }

    @Test func rowsOfASectorAreAddedUp() {
        var remarks = PortfolioRemarks()
        remarks.note(sector: "no table knows it.", rows: 1)
        remarks.note(sector: "no table knows it.", rows: 2)
        #expect(remarks.lines == ["3 rows: no table knows it."])
    }
}
