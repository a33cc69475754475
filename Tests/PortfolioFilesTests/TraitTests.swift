// SPDX-License-Identifier: Apache-2.0

// What kind of company a line is of: what is read, what is left out and told, what is
// left as it is known.

import PortfolioFiles
import Portfolios
import Testing
import VigieLimits

@Suite struct TraitTests {
    @Test func aColumnThatIsThereTellsAnEmptyCellToo() {
        let found = read("id;sector;tags\nA;;\nB;62.01Z;x\n").companies.map(\.traits)
        #expect(found.map(\.sector) == ["", "6201Z"])
        #expect(found.map(\.tags) == [[], ["x"]])
        #expect(found.map(\.legalForm) == [nil, nil] && found.map(\.foundedOn) == [nil, nil])
        #expect(read("id;name\nA;x\n").companies.map(\.traits) == [CompanyTraits()])
        #expect(read("id;founded\nA;[ND]\n").companies.first?.traits.foundedOn == "")
    }

    private static func text(_ count: Int) -> String { String(repeating: "1", count: count) }

    private static func words(_ count: Int) -> String {
        (0..<count).map { number -> String in "t\(number)" }.joined(separator: " ")
    }

    private static let cells: [(heading: String, cell: String, isRight: Bool)] = [
        ("sector", text(SegmentLimits.sectorBytes), true),
        ("sector", text(SegmentLimits.sectorBytes + 1), false),
        ("legal form", text(SegmentLimits.legalFormBytes), true),
        ("legal form", text(SegmentLimits.legalFormBytes + 1), false),
        ("founded", "2011-03-31", true), ("founded", "2011-02-30", false),
        ("founded", "31/03/2011", false), ("founded", "40633", false),
        ("tags", text(SegmentLimits.tagBytes), true),
        ("tags", text(SegmentLimits.tagBytes + 1), false),
        ("tags", words(SegmentLimits.companyTags), true),
        ("tags", words(SegmentLimits.companyTags + 1), false),
    ]

    /// What cannot be read of a column that is of no purpose here keeps no company out.
    @Test(arguments: cells)
    func limitsHold(_ heading: String, _ cell: String, _ isRight: Bool) {
        let found = read("id;\(heading)\nA;\(cell)\nB;\(cell)\n")
        #expect(found.error == nil && found.companies.count == 2)
        #expect((found.companies.first?.traits == CompanyTraits()) != isRight)
        let told = found.summary.notes.filter { $0.contains("values left out") }
        #expect(told.count == (isRight ? 0 : 1) && told.allSatisfy { $0.hasSuffix(": 2") })
    }
}
