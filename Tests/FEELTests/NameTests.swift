// SPDX-License-Identifier: Apache-2.0

// Names with spaces and signs: the longest one in scope that fits.

import FEEL
import Testing

@Suite struct NameTests {
    @Test(
        arguments: [
            ("Full Name", 1), ("Full   Name", 1), ("Pre-bureau risk - 1", 1), ("a-b", 4),
            ("a - b", 1),
            ("Teacher's rate", 5), ("date.year + 2020", 2026), ("days in weekend[1]", 7),
            ("if a > 1 then a else b", 3), ("(for a in [Full Name] return a + 1)[1]", 2),
            ("Approved/Declined", 8), ("not yet", 9),
        ] as [(String, Int)]
    )
    func findsTheLongest(text: String, value: Int) {
        let inputs: [(String, FEELValue)] = [
            ("Full Name", .number(1)), ("Full", .string("x")), ("Pre-bureau risk", .number(2)),
            ("a", .number(3)), ("b", .number(2)), ("a-b", .number(4)),
            ("Teacher's rate", .number(5)),
            ("date", .context(FEELContext([("year", .number(6))]))),
            ("days in weekend", .list([.number(7)])), ("Approved/Declined", .number(8)),
            ("not yet", .number(9)), ("count", .number(10)),
        ]
        #expect(result(text, inputs) == String(value))
    }

    @Test func entriesOfUnknownValuesAreFound() {
        let flight = FEELValue.context(
            FEELContext([("Flight Number", .string("UA1")), ("Status", .string("cancelled"))])
        )
        let inputs: [(String, FEELValue)] = [
            ("Flight List", .list([flight])), ("Status", .string("none")),
            ("wanted", .string("UA1")),
        ]
        #expect(
            result("Flight List[ Status = \"cancelled\" ].Flight Number", inputs) == "[\"UA1\"]"
        )
        #expect(
            result("count(Flight List[ Flight Number = wanted ])", inputs) == "1"
        )
        #expect(result("Status", inputs) == "\"none\"")
    }

    @Test func typesTellWhichEntriesThereAre() {
        let type = FEELType.context(
            [.init("net worth", .number), .init("legal form", .string)],
            isOpen: false
        )
        let names = [(name: "Company", type: type)]
        #expect(problems("Company.net worth * 0.1", names).isEmpty)
        #expect(problems("Company.turnover", names) == [.unknownName])
        #expect(problems("Company.legal form + 1", names) == [.typeMismatch])
    }

    @Test func valuesNamedAsFunctionsHideNoCalls() {
        let scope = FEELScope([("count", .number), ("date", .date)], zones: systemZones)
        let inputs: [FEELValue] = [.number(10), .null]
        let value = { FEELProgram($0, scope).evaluate(inputs, evaluation()) }
        #expect(evaluation().isEqual(value("count([1, 2]) + count"), .number(12)) == true)
        #expect(evaluation().isEqual(value("date(\"2026-01-02\").day"), .number(2)) == true)
    }

    @Test func tellsWhichInputsAreUsed() {
        let scope = FEELScope([("a", .any), ("b", .any), ("c", .any)])
        #expect(FEELProgram("if c > 1 then a else 2", scope).usedInputs == [0, 2])
        #expect(FEELProgram("{b: 1, x: b}", scope).usedInputs == [])
    }
}
