// SPDX-License-Identifier: Apache-2.0

// The store of a server: opened once, saved before it changes, all or nothing; and who may what.

import Databases
import PortfolioApplication
import PortfolioStore
import Portfolios
import Quantities
import ServiceErrors
import Synchronization
import TestDatabases
import Testing

@Suite struct PortfolioUseCaseTests {
    private static let later = Migration(
        ServerStore.migrations.count + 1,
        "one more",
        oldestProgram: ServerStore.migrations.count + 1,
        [.table("more", "number bigint primary key")]
    )

    private static let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
    private static let ben = PortfolioViewer(identity: "ben", roles: ["credit"], isOperator: false)

    /// A store whose time stands still.
    private func store(
        _ database: TemporaryDatabase,
        _ migrations: [Migration] = ServerStore.migrations,
        backUp: @escaping ServerStore.BackUp = { (_) throws(ServiceError) in
            throw ServiceError(.internalError, "UNEXPECTED", "nothing has to be saved")
        }
    ) -> ServerStore {
        let now = 1_796_000_000_000_000
        return ServerStore(
            database.address,
            clock: { now },
            migrations: migrations,
            backUp: backUp
        )
    }

    private func reason(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "none"
        } catch { return (error as? ServiceError)?.reason ?? "\(error)" }
    }

    @Test(arguments: TestDatabase.all)
    func isBroughtToItsSchemaOnceAndSavedBefore(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        #expect(try store(database).open() == ServerStore.migrations.map(\.number))
        #expect(try store(database).open().isEmpty)
        let newer = ServerStore.migrations + [Self.later]
        // What cannot be saved is not changed.
        #expect(reason { try store(database, newer).open() } == "UNEXPECTED")
        #expect(try store(database).open().isEmpty)
        let saved = Mutex<[DatabaseAddress]>([])
        let opened = store(database, newer) { (address) throws(ServiceError) in
            saved.withLock { $0.append(address) }
        }
        #expect(try opened.open() == [Self.later.number])
        #expect(try opened.open().isEmpty)
        #expect(saved.withLock { $0 } == [database.address])
        #expect(reason { try store(database).open() } == "STORE_TOO_NEW")
    }

    @Test func whereThereIsNoStoreThatIsSaid() {
        #expect(reason { try ServerStore.none.open() } == "NO_STORE")
        let portfolios = PortfolioUseCases(.none)
        let page = PageRequest(size: 0, token: "")
        #expect(reason { _ = try portfolios.list(page, by: .everybody) } == "NO_STORE")
        #expect(ServerStore.none.place == nil)
    }

    @Test(arguments: TestDatabase.all)
    func onlyWhoMaySeesAndChanges(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let portfolios = PortfolioUseCases(store(database))
        let nobody = PortfolioViewer(identity: "", roles: ["credit"], isOperator: false)
        #expect(
            reason { _ = try portfolios.create(name: "n", note: "", by: nobody) }
                == "IDENTITY_NEEDED"
        )
        let made = try portfolios.create(name: "clients", note: "", by: Self.anna)
        #expect(made.access == .write && made.portfolio.createdBy == "anna")
        // A name that is taken is told, also to those who do not see whose it is.
        #expect(
            reason { _ = try portfolios.create(name: "clients", note: "", by: Self.ben) }
                == "PORTFOLIO_EXISTS"
        )
        let line = PortfolioLine(try CompanyIdentity(kind: "own", text: "x"))
        func put(_ viewer: PortfolioViewer) -> String {
            reason { _ = try portfolios.put([line], into: "clients", by: viewer) }
        }
        #expect(put(Self.ben) == "UNKNOWN_PORTFOLIO")
        _ = try portfolios.share("clients", with: "credit", .read, by: Self.anna)
        #expect(put(Self.ben) == "READ_ONLY_PORTFOLIO")
        #expect(try portfolios.describe("clients", by: nobody).portfolio.access == .read)
        let shares = try portfolios.share("clients", with: "credit", .write, by: Self.anna)
        #expect(shares == ["credit": .write])
        #expect(put(Self.ben) == "none")
        #expect(put(.everybody) == "none")
        for number in 1..<64 {
            _ = try portfolios.share("clients", with: "r\(number)", .read, by: Self.anna)
        }
        #expect(
            reason { _ = try portfolios.share("clients", with: "r64", .read, by: Self.anna) }
                == "LIMIT_EXCEEDED"  // viewerRoles
        )
        // One that is there already can be changed, and taken away.
        _ = try portfolios.share("clients", with: "r1", .write, by: Self.anna)
        #expect(try portfolios.share("clients", with: "r1", nil, by: Self.anna).count == 63)
    }

    @Test(arguments: TestDatabase.all)
    func whatIsRefusedHalfwayLeavesNothing(_ kind: TestDatabase) throws {
        let database = kind.makeEmpty()
        let portfolios = PortfolioUseCases(store(database))
        _ = try portfolios.create(name: "a", note: "", by: Self.anna)
        let lines = try (0..<1_000).map {
            PortfolioLine(try CompanyIdentity(kind: "own", text: "c\($0)"))
        }
        _ = try portfolios.put(lines, into: "a", by: Self.anna)
        let identities = lines.map(\.identity)
        // Into one that is not there: nothing leaves the first.
        #expect(
            reason {
                _ = try portfolios.transfer(
                    identities,
                    from: "a",
                    to: "b",
                    isMove: true,
                    by: Self.anna
                )
            } == "UNKNOWN_PORTFOLIO"
        )
        let left = try portfolios.describe("a", by: Self.anna).portfolio.portfolio
        #expect(left.companyCount == 1_000)
        var (seen, token) = (0, "")
        repeat {
            let page = PageRequest(size: 5_000, token: token)
            let found = try portfolios.companies(of: "a", page, by: Self.anna)
            // No more than listedMax.
            #expect(found.companies.count <= 1_000)
            (seen, token) = (seen + found.companies.count, found.nextToken)
        } while !token.isEmpty
        #expect(seen == 1_000)
    }
}
