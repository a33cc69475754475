// SPDX-License-Identifier: Apache-2.0

// Papers that are dropped into a folder, read once into a store of either kind.

import CommandFiles
import Foundation
import PaperInbox
import PortfolioApplication
import Portfolios
import ServiceErrors
import TestDatabases
import Testing
import VigieLimits

@Suite struct PaperInboxTests {
    private static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    private static let notice = "annonces_bodacc.json"

    /// A folder, and a store with a portfolio.
    private final class Setting {
        let path: String
        let database: TemporaryDatabase
        let store: ServerStore
        let portfolios: PortfolioUseCases
        private var time = 0
        private(set) var inbox: PaperInbox

        init(_ kind: TestDatabase, companies: [String] = []) throws {
            path = NSTemporaryDirectory() + "vigie-inbox-\(UInt64.random(in: 0 ... .max))"
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
            database = kind.makeEmpty()
            store = ServerStore(database.address) { (_) throws(ServiceError) in }
            portfolios = PortfolioUseCases(store)
            _ = try portfolios.create(name: "p", note: "", by: anna)
            inbox = try PaperInbox(path, portfolio: "p", store, stillNanoseconds: 1)
            try add(companies)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func add(_ companies: [String]) throws {
            let lines = try companies.map {
                PortfolioLine(try CompanyIdentity(kind: "siren", text: $0))
            }
            if !lines.isEmpty { _ = try portfolios.put(lines, into: "p", by: anna) }
        }

        /// A server that starts anew.
        func restart() throws {
            inbox = try PaperInbox(path, portfolio: "p", store, stillNanoseconds: 1)
        }

        /// Looks twice, so that what is there stands still.
        func look() throws -> PaperInbox.Counts {
            var counts = try inbox.look(nowNanoseconds: time)
            time += 1
            counts.add(try inbox.look(nowNanoseconds: time))
            return counts
        }

        func drop(_ sample: String, as name: String? = nil) throws {
            try FileManager.default.copyItem(
                atPath: PaperInboxTests.samples + sample,
                toPath: "\(path)/\(name ?? sample)"
            )
        }

        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        }

        func names(_ folder: String = "") -> [String] {
            let all = try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
            return (all ?? []).filter { $0 != "read" && $0 != "refused" }.sorted()
        }

        func report(_ name: String) throws -> [String: Any] {
            let data = try Data(contentsOf: URL(filePath: "\(path)/\(name).report.json"))
            return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        }

        func factCount(_ siren: String) throws -> Int {
            try portfolios.facts(
                of: CompanyIdentity(kind: "siren", text: siren),
                in: "p",
                isWhole: true,
                PageRequest(size: 0, token: ""),
                by: anna
            ).facts.count
        }
    }

    private static let samples: String = {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        return root + "/Clients/CLI/Samples/Companies/"
    }()

    /// The companies of the sample of notices.
    private static func companies() throws -> [String] {
        let inbox = try Setting(.sqlite)
        try inbox.drop(notice)
        #expect(try inbox.look().read == 1)
        let left = try #require(try inbox.report("read/\(notice)")["left_out"] as? [String])
        return left.map { String($0.dropFirst("siren:".count)) }
    }

    @Test(arguments: TestDatabase.all)
    func papersAreReadOnceAndMoved(_ kind: TestDatabase) throws {
        let companies = try Self.companies()
        try #require(companies.count > 1)
        let inbox = try Setting(kind, companies: [companies[0]])
        try inbox.drop(Self.notice)
        let first = try inbox.look()
        #expect(first.read == 1 && first.factsAdded > 0 && first.refused == 0)
        #expect(inbox.names().isEmpty)
        #expect(inbox.names("read") == [Self.notice, "\(Self.notice).report.json"])
        let report = try inbox.report("read/\(Self.notice)")
        #expect(report["outcome"] as? String == "read" && report["file"] as? String == Self.notice)
        #expect(report["companies_kept"] as? Int == 1)
        #expect(report["companies_left_out"] as? Int == companies.count - 1)
        #expect(report["facts_added"] as? Int == first.factsAdded)
        #expect(try inbox.factCount(companies[0]) == first.factsAdded)
        // Others have joined the portfolio: the same paper says more now.
        try inbox.add(companies)
        try inbox.drop(Self.notice)
        let second = try inbox.look()
        #expect(second.read == 1 && second.factsAdded > 0)
        let again = try inbox.report("read/2-\(Self.notice)")
        #expect(again["facts_unchanged"] as? Int == first.factsAdded)
        #expect(again["companies_left_out"] as? Int == 0)
        // Now it says nothing more, whatever it is called.
        try inbox.drop(Self.notice, as: "again.json")
        let third = try inbox.look()
        #expect(third.known == 1 && third.read == 0 && third.factsAdded == 0)
        let known = try inbox.report("read/again.json")
        #expect(known["outcome"] as? String == "known")
        #expect((known["known_since_microseconds"] as? Int ?? 0) > 1_700_000_000_000_000)
        #expect(known["sha256"] as? String == again["sha256"] as? String)
    }

    @Test(arguments: TestDatabase.all)
    func aServerThatWasKilledBeforeTheMoveFindsThatItWasRead(_ kind: TestDatabase) throws {
        let companies = try Self.companies()
        let inbox = try Setting(kind, companies: companies)
        try inbox.drop(Self.notice)
        let added = try inbox.look().factsAdded
        // As if it had been killed behind its transaction.
        try FileManager.default.moveItem(
            atPath: "\(inbox.path)/read/\(Self.notice)",
            toPath: "\(inbox.path)/\(Self.notice)"
        )
        try inbox.restart()
        let counts = try inbox.look()
        #expect(counts.known == 1 && counts.factsAdded == 0)
        #expect(inbox.names("read") == [Self.notice, "\(Self.notice).report.json"])
        let facts = try companies.reduce(0) { try $0 + inbox.factCount($1) }
        #expect(facts == added)
    }

    @Test func whatIsNoPaperIsRefusedAndSaidWhy() throws {
        let inbox = try Setting(.sqlite)
        let secret = inbox.path + "-secret"
        try Data("secret".utf8).write(to: URL(filePath: secret))
        defer { try? FileManager.default.removeItem(atPath: secret) }
        try inbox.write("no paper\n", "text.txt")
        try inbox.write("", "empty")
        #expect(symlink(secret, "\(inbox.path)/link.json") == 0)
        #expect(mkfifo("\(inbox.path)/pipe", 0o600) == 0)
        try inbox.write("x", "long.csv")
        // Of holes: it takes no room.
        #expect(truncate("\(inbox.path)/long.csv", off_t(InboxLimits.fileBytesMax) + 1) == 0)
        try inbox.write("{}", ".hidden")
        try FileManager.default.createDirectory(
            atPath: inbox.path + "/folder",
            withIntermediateDirectories: false
        )
        #expect(try inbox.look().refused == 5)
        #expect(inbox.names() == [".hidden", "folder"])
        for (name, words) in [
            ("link.json", "no regular file"), ("pipe", "no regular file"),
            ("long.csv", "fileBytesMax"), ("text.txt", ""), ("empty", ""),
        ] {
            let report = try inbox.report("refused/\(name)")
            #expect(report["outcome"] as? String == "refused")
            let why = try #require(report["why"] as? String)
            #expect(!why.isEmpty && (words.isEmpty || why.contains(words)), "\(name): \(why)")
        }
        #expect(try String(contentsOfFile: secret, encoding: .utf8) == "secret")
        #expect(try inbox.look() == PaperInbox.Counts())
    }

    @Test func whatSomebodyElseReadsOrWritesIsLeft() throws {
        let inbox = try Setting(.sqlite)
        try inbox.drop(Self.notice)
        let other = open("\(inbox.path)/\(Self.notice)", O_RDONLY)
        #expect(other >= 0 && flock(other, LOCK_EX | LOCK_NB) == 0)
        #expect(try inbox.look() == PaperInbox.Counts())
        close(other)
        #expect(try inbox.look().read == 1)
        _ = try inbox.inbox.look(nowNanoseconds: 100)
        try inbox.write("a", "growing.csv")
        _ = try inbox.inbox.look(nowNanoseconds: 200)
        try inbox.write("ab", "growing.csv")
        #expect(try inbox.inbox.look(nowNanoseconds: 300) == PaperInbox.Counts())
        #expect(try inbox.inbox.look(nowNanoseconds: 400).refused == 1)
    }

    @Test(arguments: TestDatabase.all)
    func severalServersReadEachOnce(_ kind: TestDatabase) async throws {
        let companies = try Self.companies()
        let inbox = try Setting(kind, companies: companies)
        let text = try String(contentsOfFile: Self.samples + Self.notice, encoding: .utf8)
        for number in 0..<24 {
            // Each another paper: a blank more at its end.
            try inbox.write(text + String(repeating: " ", count: number), "\(number).json")
        }
        let (path, store) = (inbox.path, inbox.store)
        let counts = try await withThrowingTaskGroup(of: PaperInbox.Counts.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    let one = try PaperInbox(path, portfolio: "p", store, stillNanoseconds: 1)
                    var sum = PaperInbox.Counts()
                    for time in 0..<8 {
                        sum.add(try one.look(nowNanoseconds: time))
                    }
                    return sum
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.reduce(0) { $0 + $1.read } == 24)
        #expect(counts.allSatisfy { $0.refused == 0 && $0.known == 0 })
        #expect(inbox.names().isEmpty && inbox.names("read").count == 48)
        let facts = try companies.reduce(0) { try $0 + inbox.factCount($1) }
        #expect(facts == counts.reduce(0) { $0 + $1.factsAdded })
    }

    @Test func papersStayWhereNothingCanBeKept() throws {
        let inbox = try Setting(.sqlite)
        try inbox.drop(Self.notice)
        let other = try PaperInbox(inbox.path, portfolio: "q", inbox.store, stillNanoseconds: 1)
        _ = try other.look(nowNanoseconds: 0)
        let error = #expect(throws: ServiceError.self) { try other.look(nowNanoseconds: 1) }
        #expect(error?.reason == "UNKNOWN_PORTFOLIO")
        let without = try PaperInbox(inbox.path, portfolio: "p", .none, stillNanoseconds: 1)
        _ = try without.look(nowNanoseconds: 0)
        #expect(throws: ServiceError.self) { try without.look(nowNanoseconds: 1) }
        #expect(inbox.names() == [Self.notice] && inbox.names("read").isEmpty)
        #expect(throws: CommandFailure.self) {
            _ = try PaperInbox(inbox.path + "/none", portfolio: "p", inbox.store)
        }
        try inbox.write("x", "read-only")
        try FileManager.default.removeItem(atPath: inbox.path + "/refused")
        try inbox.write("", "refused")
        #expect(throws: CommandFailure.self) {
            _ = try PaperInbox(inbox.path, portfolio: "p", inbox.store)
        }
    }

    @Test func aServerThatStopsLeavesWhatItHasNotRead() throws {
        let inbox = try Setting(.sqlite)
        try inbox.drop(Self.notice)
        let stopping = try PaperInbox(
            inbox.path,
            portfolio: "p",
            inbox.store,
            stillNanoseconds: 1,
            isWanted: { false }
        )
        _ = try stopping.look(nowNanoseconds: 0)
        #expect(try stopping.look(nowNanoseconds: 1) == PaperInbox.Counts())
        #expect(inbox.names() == [Self.notice])
    }
}

extension PaperInbox.Counts {
    /// Adds those of another look.
    fileprivate mutating func add(_ other: PaperInbox.Counts) {
        read += other.read
        known += other.known
        refused += other.refused
        stuck += other.stuck
        factsAdded += other.factsAdded
    }
}
