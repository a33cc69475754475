// SPDX-License-Identifier: Apache-2.0

// Segments of portfolios in each kind of database: who may what, limits, and figures against those
// that are added up company by company.

import Databases
import PortfolioApplication
import PortfolioRisk
import PortfolioStore
import Portfolios
import Quantities
import Segments
import ServiceErrors
import TestDatabases
import Testing
import VigieLimits

/// A store with a portfolio of anna's, at one moment.
private struct SegmentedStore {
    static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    static let ben = PortfolioViewer(identity: "ben", roles: ["credit"], isOperator: false)
    static let now = 1_796_000_000_000_000

    /// Goes with whoever holds it.
    let database: TemporaryDatabase
    let store: ServerStore
    let portfolios: PortfolioUseCases
    let connection: any DatabaseConnection

    init(_ database: TemporaryDatabase, _ lines: [PortfolioLine]) throws {
        self.database = database
        store = ServerStore(database.address, clock: { Self.now }) { (_) throws(ServiceError) in }
        portfolios = PortfolioUseCases(store)
        _ = try portfolios.create(name: "customers", note: "", by: Self.anna)
        if !lines.isEmpty {
            _ = try portfolios.put(lines, into: "customers", by: Self.anna)
        }
        connection = try database.connect()
    }

    /// Scores, as a run would keep them.
    func score(_ scores: [CompanyScore]) throws {
        let connection = connection
        try connection.transaction { () throws(DatabaseError) in
            let run = try connection.planRun(
                .arrival,
                asOf: CalendarDate(secondsSince1970: Int64(Self.now / 1_000_000)),
                by: RunModel(name: "m", version: "1", hash: "a"),
                requestedBy: "",
                nowMicroseconds: 1
            )
            _ = try connection.keep(scores, of: run)
            _ = try connection.execute("update run set state = 'done'")
        }
    }

    func put(_ name: String, _ condition: String) throws {
        let segment = try Segment(name: name, condition: condition)
        _ = try portfolios.put(segment, into: "customers", by: Self.anna)
    }
}

@Suite struct SegmentUseCaseTests {
    private func reason(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch { return (error as? ServiceError)?.reason ?? "\(error)" }
    }

    private static func line(_ number: Int, exposure: Int64? = nil) throws -> PortfolioLine {
        var line = PortfolioLine(
            // Slots are given in the order of identities.
            try CompanyIdentity(kind: "own", text: "c\(1_000 + number)"),
            exposure: exposure.map { Money(minorUnits: $0, currency: .euro) }
        )
        line.traits.sector = number % 2 == 0 ? "4332A" : nil
        line.traits.tags = number % 3 == 0 ? ["prospect"] : nil
        return line
    }

    @Test(arguments: TestDatabase.all)
    func onlyWhoMaySeesAndChanges(_ kind: TestDatabase) throws {
        let stored = try SegmentedStore(kind.makeEmpty(), [])
        let (portfolios, ben) = (stored.portfolios, SegmentedStore.ben)
        try stored.put("risky", "class >= 7")
        let other = try Segment(name: "other", condition: "true")
        func list() -> String { reason { _ = try portfolios.segments(of: "customers", by: ben) } }
        func put() -> String {
            reason { _ = try portfolios.put(other, into: "customers", by: ben) }
        }
        func end(_ name: String) -> String {
            reason { try portfolios.deleteSegment(name, of: "customers", by: ben) }
        }
        func tryIt() -> String {
            reason { _ = try portfolios.trySegment(other, on: "customers", count: 1, by: ben) }
        }
        let page = PageRequest(size: 0, token: "")
        func scores() -> String {
            reason {
                _ = try portfolios.scores(of: "customers", in: .init("risky"), page, by: ben)
            }
        }
        let refused = [list(), put(), end("risky"), tryIt(), scores()]
        #expect(Set(refused) == ["UNKNOWN_PORTFOLIO"])
        _ = try portfolios.share("customers", with: "credit", .read, by: SegmentedStore.anna)
        #expect([list(), tryIt(), scores()] == ["none", "none", "none"])
        #expect([put(), end("risky")] == ["READ_ONLY_PORTFOLIO", "READ_ONLY_PORTFOLIO"])
        _ = try portfolios.share("customers", with: "credit", .write, by: SegmentedStore.anna)
        #expect(put() == "none")
        #expect(end("none") == "UNKNOWN_SEGMENT")
        let kept = try portfolios.segments(of: "customers", by: ben)
        #expect(kept.map(\.segment.name) == ["other", "risky"])
        #expect(kept.map(\.changedBy) == ["ben", "anna"])
        #expect(kept.map(\.changedAtMicroseconds) == [SegmentedStore.now, SegmentedStore.now])
        #expect(end("risky") == "none")
        #expect(scores() == "UNKNOWN_SEGMENT")
    }

    @Test(arguments: TestDatabase.all)
    func limitsHold(_ kind: TestDatabase) throws {
        let stored = try SegmentedStore(kind.makeEmpty(), [try Self.line(1)])
        for number in 0..<SegmentLimits.portfolioSegments { try stored.put("s\(number)", "true") }
        #expect(reason { try stored.put("more", "true") } == "LIMIT_EXCEEDED")
        // One that is there can be replaced.
        try stored.put("s3", "class >= 7")
        let segment = try Segment(name: "s", condition: "true")
        for (count, expected) in [
            (SegmentLimits.triedCompanies, "none"),
            (SegmentLimits.triedCompanies + 1, "LIMIT_EXCEEDED"), (-1, "LIMIT_EXCEEDED"),
        ] {
            let told = reason {
                _ = try stored.portfolios.trySegment(
                    segment,
                    on: "customers",
                    count: count,
                    by: SegmentedStore.anna
                )
            }
            #expect(told == expected)
        }
    }

    /// Companies with nasty values, with slots from 1 on.
    private static func companies(
        _ count: Int
    ) throws -> (lines: [PortfolioLine], scores: [CompanyScore]) {
        let amounts: [Int64?] = [nil, 0, -7, 100, 100, 100, 5_000_000, .max]
        let lines = try (0..<count).map { try line($0, exposure: amounts[$0 % amounts.count]) }
        let scores = (0..<count).compactMap { number -> CompanyScore? in
            switch number % 7 {
            case 0: return nil
            case 1: return CompanyScore(number + 1, outcome: 4)
            case 2: return CompanyScore(number + 1, outcome: 2)
            default:
                return CompanyScore(
                    number + 1,
                    outcome: 1,
                    score: 300 + number % 5,
                    riskClass: 1 + number % 10,
                    probability: Double(number % 10) / 10
                )
            }
        }
        return (lines, scores)
    }

    @Test(arguments: TestDatabase.all, [0, 1, 60])
    func figuresAreThoseOfTheCompaniesInIt(_ kind: TestDatabase, _ count: Int) throws {
        let (lines, scores) = try Self.companies(count)
        let stored = try SegmentedStore(kind.makeEmpty(), lines)
        try stored.score(scores)
        try stored.put("a", "class >= 5")
        try stored.put("b", "exposure_quantile >= 0.8 or class = 1")
        let bySlot = Dictionary(uniqueKeysWithValues: scores.map { ($0.slot, $0) })
        let known = lines.compactMap { $0.exposure?.minorUnits }
        func quantile(_ line: PortfolioLine) -> Double? {
            line.exposure.map { own in
                let less = known.count { $0 < own.minorUnits }
                let equal = known.count { $0 == own.minorUnits }
                return Double(2 * less + equal) / Double(2 * known.count)
            }
        }
        var expected: [String: (members: [Int], unknown: [Int])] = ["a": ([], []), "b": ([], [])]
        for (index, line) in lines.enumerated() {
            let riskClass = bySlot[index + 1]?.riskClass
            let one = riskClass.map { $0 >= 5 }
            let (left, right) = (quantile(line).map { $0 >= 0.8 }, riskClass.map { $0 == 1 })
            let isEither = left == true || right == true
            let other: Bool? = isEither ? true : left == nil || right == nil ? nil : false
            for (name, answer) in [("a", one), ("b", other)] {
                if answer == true { expected[name]?.members.append(index + 1) }
                if answer == nil { expected[name]?.unknown.append(index + 1) }
            }
        }
        let risk = try stored.portfolios.risk(of: "customers", .init(), by: SegmentedStore.anna)
        #expect(risk.segments.map(\.name) == ["a", "b"])
        #expect(risk.segmentsLeftOut == "")
        for segment in risk.segments {
            let (members, unknown) = try #require(expected[segment.name])
            #expect(segment.members.companies == members.count)
            #expect(segment.unknown.companies == unknown.count)
            for (summary, slots) in [(segment.members, members), (segment.unknown, unknown)] {
                let owed = slots.compactMap { lines[$0 - 1].exposure?.minorUnits }.filter { $0 > 0 }
                let figures = summary.currencies[.euro]
                #expect(figures?.owing.companies ?? 0 == owed.count)
                #expect(figures?.owing.exposure ?? 0 == owed.reduce(Int128(0)) { $0 + Int128($1) })
            }
            try expectListed(segment.name, members, unknown, count, stored)
        }
    }

    /// Pages of a filtered list hold each company of the part, and no other.
    private func expectListed(
        _ name: String,
        _ members: [Int],
        _ unknown: [Int],
        _ count: Int,
        _ stored: SegmentedStore
    ) throws {
        let others = (1..<count + 1).filter { !members.contains($0) && !unknown.contains($0) }
        for (part, slots) in [
            (SegmentPart.member, members), (.unknown, unknown), (.other, others),
        ] {
            var (found, token) = ([Int](), "")
            repeat {
                let page = try stored.portfolios.scores(
                    of: "customers",
                    in: SegmentFilter(name, part),
                    PageRequest(size: 7, token: token),
                    by: SegmentedStore.anna
                )
                found += page.members.map(\.member.slot)
                token = page.nextToken
            } while !token.isEmpty
            #expect(found == slots)
        }
    }

    @Test(arguments: TestDatabase.all)
    func aTrialTellsWhoEntersAndLeaves(_ kind: TestDatabase) throws {
        let (lines, scores) = try Self.companies(30)
        let stored = try SegmentedStore(kind.makeEmpty(), lines)
        try stored.score(scores)
        try stored.put("s", "class >= 8")
        let trial = try stored.portfolios.trySegment(
            try Segment(name: "s", condition: "class >= 7 and starts with(sector, \"43\")"),
            on: "customers",
            count: 2,
            by: SegmentedStore.anna
        )
        let classes = scores.reduce(into: [Int: Int]()) { $0[$1.slot] = $1.riskClass }
        let before = classes.filter { $0.value >= 8 }.map(\.key)
        let now = classes.filter { $0.value >= 7 && ($0.key - 1) % 2 == 0 }.map(\.key)
        #expect(trial.companyCount == 30)
        #expect(trial.hasKept)
        #expect(trial.risk.members.companies == now.count)
        #expect(trial.entering.count == Set(now).subtracting(before).count)
        #expect(trial.leaving.count == Set(before).subtracting(now).count)
        #expect(trial.members.count == min(2, now.count))
        #expect(trial.entering.lines.count <= 2 && trial.leaving.lines.count <= 2)
        let first = try #require(trial.unknown.first)
        #expect(!first.missing.isEmpty)
        // Nothing was kept.
        let kept = try stored.portfolios.segments(of: "customers", by: SegmentedStore.anna)
        #expect(kept.map(\.segment.condition) == ["class >= 8"])
    }

    @Test(arguments: TestDatabase.all)
    func whatIsNotToldOfACompanyStays(_ kind: TestDatabase) throws {
        let stored = try SegmentedStore(kind.makeEmpty(), [try Self.line(6)])
        func traits() throws -> CompanyTraits {
            let page = PageRequest(size: 0, token: "")
            return try stored.portfolios.companies(
                of: "customers",
                page,
                by: SegmentedStore.anna
            ).companies[0].traits
        }
        func put(_ change: (inout CompanyTraits) -> Void) throws -> ImportSummary {
            var line = PortfolioLine(try CompanyIdentity(kind: "own", text: "c1006"))
            change(&line.traits)
            return try stored.portfolios.put([line], into: "customers", by: SegmentedStore.anna)
        }
        #expect(try put { _ in }.unchanged == 1)
        #expect(try traits().sector == "4332A")
        #expect(try put { $0.legalForm = "SAS" }.changed == 1)
        #expect(try put { $0.foundedOn = "2011-03-31" }.changed == 1)
        #expect(try put { $0.foundedOn = "2011-03-31" }.unchanged == 1)
        #expect(try put { $0.tags = [] }.changed == 1)
        var expected = CompanyTraits()
        (expected.sector, expected.legalForm) = ("4332A", "SAS")
        expected.foundedOn = "2011-03-31"
        #expect(try traits() == expected)
        #expect(try put { $0.sector = "" }.changed == 1)
        #expect(try traits().sector == nil)
    }
}

extension SegmentUseCaseTests {
    /// What is too much for segments keeps nobody from the other figures.
    @Test(arguments: TestDatabase.all)
    func tooManyStepsAreLeftOutAndTold(_ kind: TestDatabase) throws {
        let stored = try SegmentedStore(kind.makeEmpty(), [])
        let condition = Array(repeating: "class=1", count: 100).joined(separator: " or ")
        let steps = try Segment(name: "s", condition: condition).stepCount
        for number in 0..<SegmentLimits.portfolioSegments {
            try stored.put("s\(number)", condition)
        }
        let most = SegmentLimits.segmentSteps / (steps * SegmentLimits.portfolioSegments)
        var count = 0
        while count <= most {
            let lines = try (count..<min(count + 1_000, most + 1)).map {
                PortfolioLine(try CompanyIdentity(kind: "own", text: "c\($0)"))
            }
            _ = try stored.portfolios.put(lines, into: "customers", by: SegmentedStore.anna)
            count += lines.count
        }
        let risk = try stored.portfolios.risk(of: "customers", .init(), by: SegmentedStore.anna)
        #expect(risk.summary.companies == most + 1)
        #expect(risk.segments.isEmpty)
        #expect(risk.segmentsLeftOut.contains("\(SegmentLimits.segmentSteps)"))
    }
}
