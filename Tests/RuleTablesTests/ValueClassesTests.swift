// SPDX-License-Identifier: Apache-2.0

// Classes found in halves and by counting, against counting the plain way.

import RuleTables
import TestRandomness
import Testing
import VigieLimits

@Suite struct ValueClassesTests {
    static let nasty: [Double] = [
        .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, 1.0.nextUp, 1.0.nextDown, 1e308,
        Double(signOf: -1, magnitudeOf: .nan), 1e-300,
    ]

    @Test(arguments: [0, 1, 2, 3, 7, 8, 14, 15, 16, 17, 31, 100, 255, 256, 1_000, 7_400])
    func areThoseOfCounting(cutCount: Int) throws {
        var dice = SeededGenerator(seed: cutCount)
        var cuts = (0..<cutCount).map { _ in Double.random(in: -50...50, using: &dice).rounded() }
        if cutCount > 16 { cuts += Self.nasty.filter { !$0.isNaN } }
        let classes = try #require(ValueClasses(cuts: cuts))
        let values =
            (0..<1_000).map { _ in Double.random(in: -60...60, using: &dice) }
            + classes.cuts + classes.cuts.map(\.nextUp) + classes.cuts.map(\.nextDown) + Self.nasty
        let wanted = values.map(classes.naiveClass)
        #expect(wanted.allSatisfy { Int($0) < classes.count })
        for path in RuleTableTests.paths {
            for count in [0, 1, 15, 16, 17, 33, values.count] {
                var found = [UInt16](repeating: 9_999, count: values.count + 1)
                values.prefix(count).withUnsafeBufferPointer {
                    classes.find($0, into: &found, by: path)
                }
                #expect(found.prefix(count).elementsEqual(wanted.prefix(count)))
                #expect(found.dropFirst(count).allSatisfy { $0 == 9_999 })
            }
        }
    }

    @Test func aClassBeginsWithItsCut() throws {
        let classes = try #require(ValueClasses(cuts: [3, 1, 2, 2]))
        #expect(classes.cuts == [1, 2, 3])
        #expect(classes.count == 5 && classes.nullClass == 4)
        for cut in [1.0, 2, 3] {
            #expect(classes.first(atOrAbove: cut) == Int(classes.naiveClass(of: cut)))
        }
    }

    @Test func whatCannotBeOrderedIsRefused() {
        #expect(ValueClasses(cuts: [1, .nan]) == nil)
        #expect(ValueClasses(cuts: (1..<RuleTableLimits.classes).map(Double.init)) == nil)
    }
}
