// SPDX-License-Identifier: Apache-2.0

// Companies in segments, against conditions that are said once more in Swift, one company at a time
// and quantiles by counting: over random portfolios with nasty values.

import Foundation
import Quantities
import Segments
import ServiceErrors
import TestRandomness
import Testing

@Suite struct SegmentTableTests {
    private static let today = CalendarDate("2026-03-31") ?? .first

    /// Values that are missing, equal, negative, no numbers.
    private func member(_ slot: Int, _ random: inout SeededGenerator) -> SegmentMember {
        var member = SegmentMember(slot, kind: "own", identifier: "c\(slot)")
        let currencies = ["EUR", "EUR", "JPY", "KWD"].compactMap { Currency($0) }
        func money() -> Money? {
            guard Int.random(in: 0..<5, using: &random) > 0,
                let currency = currencies.randomElement(using: &random)
            else { return nil }
            let units: [Int64] = [0, -5, 1, 100, 100, 1_234_567, .max, .min]
            return Money(
                minorUnits: units.randomElement(using: &random) ?? 0,
                currency: currency
            )
        }
        (member.exposure, member.limit) = (money(), money())
        if Bool.random(using: &random) {
            member.outcome = "scored"
            member.score = Int.random(in: 300...302, using: &random)
            member.riskClass = Int.random(in: 1...10, using: &random)
            member.probability = [0.0, 0.1, 0.1, 1, .nan, .infinity].randomElement(using: &random)
        }
        member.sector = ["", "4332A", "4321B", "6201Z"].randomElement(using: &random) ?? ""
        member.tags = [[], ["prospect"], ["a", "prospect"]].randomElement(using: &random) ?? []
        member.foundedOn = ["2025-04-01", "2025-03-31", "2000-02-29", "2027-01-01"]
            .randomElement(using: &random).flatMap { CalendarDate($0) }
        if Bool.random(using: &random) { member.foundedOn = nil }
        return member
    }

    /// A number that can be compared; nil if it is none. What passes a limit of nothing is more
    /// than any number.
    private func known(_ number: SegmentNumber, _ member: SegmentMember) -> Double? {
        let value = member.number(number, on: Self.today)
        return value.isNaN || (value.isInfinite && number != .limitUse) ? nil : value
    }

    /// Where a company lies, by counting.
    private func quantile(
        _ number: SegmentNumber,
        _ member: SegmentMember,
        _ all: [SegmentMember]
    ) -> Double? {
        func key(_ one: SegmentMember) -> (Currency?, Double)? {
            switch number {
            case .exposure: one.exposure.map { ($0.currency, Double($0.minorUnits)) }
            case .limit: one.limit.map { ($0.currency, Double($0.minorUnits)) }
            default:
                one.number(number, on: Self.today).isNaN
                    ? nil : (nil, one.number(number, on: Self.today))
            }
        }
        guard let own = key(member) else { return nil }
        let keys = all.compactMap(key).filter { $0.0 == own.0 }.map(\.1)
        let (less, equal) = (keys.count { $0 < own.1 }, keys.count { $0 == own.1 })
        return Double(2 * less + equal) / Double(2 * keys.count)
    }

    private func and(_ one: Bool?, _ other: Bool?) -> Bool? {
        if one == false || other == false { return false }
        return one == nil || other == nil ? nil : true
    }

    private func part(_ answer: Bool?) -> SegmentPart {
        answer.map { $0 ? .member : .other } ?? .unknown
    }

    private typealias Naive = (SegmentMember, [SegmentMember]) -> Bool?

    private var conditions: [(condition: String, naive: Naive)] {
        let quantiles = SegmentNumber.allCases.map { number -> (String, Naive) in
            (
                "\(number.rawValue)_quantile >= 0.9",
                { one, all in quantile(number, one, all).map { $0 >= 0.9 } }
            )
        }
        let values = SegmentNumber.allCases.map { number -> (String, Naive) in
            ("\(number.rawValue) > 1", { one, _ in known(number, one).map { $0 > 1 } })
        }
        return quantiles + values + [
            (
                "exposure_quantile < 0.1 and class >= 7",
                { one, all in
                    and(
                        quantile(.exposure, one, all).map { $0 < 0.1 },
                        one.riskClass.map { $0 >= 7 }
                    )
                }
            ),
            (
                "score = 301 or outcome = \"not_looked_at\"",
                { one, _ in
                    one.outcome == "not_looked_at" ? true : one.score.map { $0 == 301 }
                }
            ),
            (
                "starts with(sector, \"43\") and not(\"prospect\" in tags)",
                { one, _ in
                    and(
                        one.sector.isEmpty ? nil : one.sector.hasPrefix("43"),
                        !one.tags.contains("prospect")
                    )
                }
            ),
            (
                "list contains(tags, \"a\")", { one, _ in one.tags.contains("a") }
            ),
            (
                "exposure > 1 and exposure_quantile > 0.5",
                { one, all in
                    and(
                        known(.exposure, one).map { $0 > 1 },
                        quantile(.exposure, one, all).map { $0 > 0.5 }
                    )
                }
            ),
            (
                "sector = \"4332A\" and class = 7",
                { one, _ in
                    and(
                        one.sector.isEmpty ? nil : one.sector == "4332A",
                        one.riskClass.map { $0 == 7 }
                    )
                }
            ),
            (
                "sector != \"4332A\"",
                { one, _ in one.sector.isEmpty ? nil : one.sector != "4332A" }
            ),
            (
                "sector in (\"4332A\", \"6201Z\")",
                { one, _ in
                    one.sector.isEmpty ? nil : ["4332A", "6201Z"].contains(one.sector)
                }
            ),
            ("limit = null", { one, _ in one.limit == nil }),
            (
                "currency in (\"JPY\", \"KWD\")",
                { one, _ in (one.exposure ?? one.limit).map { $0.currency.code != "EUR" } }
            ),
        ]
    }

    @Test(arguments: [0, 1, 2, 3, 10, 11, 57])
    func segmentsAreThoseOfTheNaiveReading(_ count: Int) throws {
        for seed in 0..<12 {
            var random = SeededGenerator(seed: UInt64(seed * 100 + count))
            let members = (0..<count).map { member($0 * 3 + 1, &random) }
            for (condition, naive) in conditions {
                let segment = try Segment(name: "s", condition: condition)
                let table = Self.table(members, [segment])
                #expect(table.slots == members.map(\.slot))
                let expected = members.map { part(naive($0, members)) }
                #expect(table.parts(of: segment) == expected, "\(condition) \(seed) \(count)")
            }
        }
    }

    static func table(_ members: [SegmentMember], _ segments: [Segment]) -> SegmentTable {
        var table = SegmentTable(of: segments.flatMap(\.inputs), on: today)
        for member in members { table.add(member) }
        table.rank()
        return table
    }

    @Test func equalValuesFallTogether() throws {
        let members = (1...20).map { slot in
            var member = SegmentMember(slot, kind: "own", identifier: "c\(slot)")
            member.score = slot <= 10 ? slot : 100
            return member
        }
        func count(_ condition: String, _ members: [SegmentMember]) throws -> Int {
            let segment = try Segment(name: "s", condition: condition)
            return Self.table(members, [segment]).parts(of: segment).count { $0 == .member }
        }
        // Ten of twenty are equal: at three quarters, all of them or none.
        #expect(try count("score_quantile >= 0.75", members) == 10)
        #expect(try count("score_quantile > 0.75", members) == 0)
        #expect(try count("score_quantile <= 0.1", members) == 2)
        #expect(try count("score_quantile = 0.5", [members[3]]) == 1)
        let equal = Array(members[10...])
        #expect(try count("score_quantile = 0.5", equal) == equal.count)
        #expect(try count("score_quantile >= 0.9", Array(members.prefix(10))) == 1)
        #expect(try count("score_quantile < 0.1", Array(members.prefix(10))) == 1)
        #expect(try count("score_quantile >= 0.9", []) == 0)
    }

    @Test func whatIsMissingIsTold() throws {
        let segment = try Segment(
            name: "s",
            condition: "class >= 7 and exposure_quantile > 0.5 and sector = \"4332A\""
        )
        var member = SegmentMember(1, kind: "own", identifier: "c1")
        member.riskClass = 8
        let table = Self.table([member], [segment])
        #expect(table.parts(of: segment) == [.unknown])
        #expect(table.missing(of: segment, at: 0) == ["exposure_quantile", "sector"])
        #expect(table.missing(of: segment, at: 1) == [])
    }

    /// Texts are what they stand for, however they are written; what comments say is nobody's.
    @Test(arguments: [
        (#"sector = "\u0034332A""#, SegmentPart.unknown),
        (#"sector = "\"a\"" or class = 1"#, .unknown),
        (#"sector = "4332A" /* limit = null */"#, .unknown),
        ("sector = null // \"4332A\"", .member),
        (#"limit > 1 or "null" = sector"#, .unknown),
    ])
    func whatIsComparedIsRead(_ condition: String, _ part: SegmentPart) throws {
        let segment = try Segment(name: "s", condition: condition)
        let member = SegmentMember(1, kind: "own", identifier: "c1")
        #expect(Self.table([member], [segment]).parts(of: segment) == [part])
    }

    @Test func amountsAreExact() throws {
        var member = SegmentMember(1, kind: "own", identifier: "c1")
        member.exposure = Money(minorUnits: 1_250_050, currency: .euro)
        let segment = try Segment(name: "s", condition: "exposure = 12500.5")
        #expect(Self.table([member], [segment]).parts(of: segment) == [.member])
    }
}
