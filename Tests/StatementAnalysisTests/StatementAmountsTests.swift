// SPDX-License-Identifier: Apache-2.0

// Amounts in order against a dictionary.

import CreditFacts
import TestRandomness
import Testing

@Suite struct StatementAmountsTests {
    @Test func whatADictionaryWouldHold() throws {
        var generator = SeededGenerator(seed: 3)
        let lines = TestStatement.lines(.complete)
        for _ in 0..<200 {
            var plain: [StatementLine: Int64] = [:]
            var amounts: StatementAmounts = [:]
            for _ in 0..<Int.random(in: 0...80, using: &generator) {
                let line = try #require(lines.randomElement(using: &generator))
                switch Int.random(in: 0..<4, using: &generator) {
                case 0:
                    plain[line] = nil
                    amounts[line] = nil
                case 1:
                    plain[line, default: 7] += 2
                    amounts[line, default: 7] += 2
                default:
                    let cents = Int64.random(in: .min ... .max / 2, using: &generator)
                    plain[line] = cents
                    amounts[line] = cents
                }
            }
            let sorted = plain.sorted { $0.key < $1.key }
            #expect(amounts.keys == sorted.map(\.key) && amounts.values == sorted.map(\.value))
            #expect(amounts == StatementAmounts(plain) && amounts.count == plain.count)
            #expect(lines.allSatisfy { amounts[$0] == plain[$0] })
            #expect(amounts.map(\.value) == sorted.map(\.value))
            let pairs = plain.map { ($0.key, Int64(0)) } + plain.map { ($0.key, $0.value) }
            #expect(StatementAmounts(pairs) == amounts)
            let kept = amounts.filter { $0.value > 0 }
            #expect(kept.values == sorted.map(\.value).filter { $0 > 0 })
        }
    }
}
