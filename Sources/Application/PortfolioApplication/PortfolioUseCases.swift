// SPDX-License-Identifier: Apache-2.0

// Portfolios as those see them who may: made, listed, described, changed, shared, ended.

package import Databases
package import PortfolioStore
package import Portfolios
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// What one can do with the portfolios of a store.
package struct PortfolioUseCases: Sendable {
    let store: ServerStore

    /// Takes the store.
    package init(_ store: ServerStore) { self.store = store }

    /// Makes a portfolio.
    ///
    /// - Throws: INVALID_ARGUMENT, ALREADY_EXISTS; FAILED_PRECONDITION for a viewer whom nobody
    ///   knows: it would be nobody's.
    package func create(
        name: String,
        note: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenPortfolio {
        try Self.check(name: name, field: "name")
        try Self.check(note: note)
        guard viewer.identity != nil || viewer.isOperator else { throw .portfolioOfNobody }
        return try store.write { connection throws(DatabaseError) in
            guard try connection.portfolioHead(named: name) == nil else {
                return .failure(.portfolioExists(name))
            }
            let now = store.clock()
            let id = try connection.addPortfolio(
                name: name,
                note: note,
                by: viewer.identity ?? "",
                nowMicroseconds: now
            )
            try record(connection, "portfolio.created", id, now)
            return try seen(name, viewer, connection)
        }
    }

    /// A page of the portfolios that somebody sees.
    package func list(
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (portfolios: [SeenPortfolio], nextToken: String) {
        let (size, last) = (try page.size(), try page.lastName())
        let found = try store.read { connection throws(DatabaseError) in
            .success(
                try connection.portfolios(seenBy: viewer, after: last ?? "", limit: size + 1)
            )
        }
        let shown = Array(found.prefix(size))
        let isLast = found.count <= size
        return (shown, isLast ? "" : PageRequest.token(shown.last?.portfolio.name ?? ""))
    }

    /// A portfolio, and with whom it is shared.
    package func describe(
        _ name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (portfolio: SeenPortfolio, shares: [String: PortfolioAccess]) {
        try store.read { connection throws(DatabaseError) in
            switch try seen(name, viewer, connection) {
            case .failure(let error): return .failure(error)
            case .success(let seen):
                return .success((seen, try connection.shares(of: seen.portfolio.id)))
            }
        }
    }

    /// Gives a portfolio another name or note; nil leaves it.
    package func change(
        _ name: String,
        toName newName: String?,
        note: String?,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> SeenPortfolio {
        if let newName { try Self.check(name: newName, field: "name") }
        if let note { try Self.check(note: note) }
        return try store.write { connection throws(DatabaseError) in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                let newName = newName ?? portfolio.name
                if newName != portfolio.name, try connection.portfolioHead(named: newName) != nil {
                    return .failure(.portfolioExists(newName))
                }
                try connection.change(portfolio.id, name: newName, note: note ?? portfolio.note)
                try record(connection, "portfolio.changed", portfolio.id, store.clock())
                return try seen(newName, viewer, connection)
            }
        }
    }

    /// Ends a portfolio.
    ///
    /// - Parameter companyCount: How many companies it has, as whoever ends it knows it.
    package func delete(
        _ name: String,
        companyCount: Int,
        by viewer: PortfolioViewer
    ) throws(ServiceError) {
        try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                let count = try connection.portfolio(named: name)?.companyCount ?? 0
                guard count == companyCount else {
                    return .failure(.otherCount(count, companyCount))
                }
                _ = try connection.removePortfolio(portfolio.id)
                try record(connection, "portfolio.deleted", portfolio.id, store.clock())
                return .success(())
            }
        }
    }

    /// Lets a role see or change a portfolio, or, with nil, neither.
    ///
    /// - Returns: With whom it is shared now.
    package func share(
        _ name: String,
        with role: String,
        _ access: PortfolioAccess?,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> [String: PortfolioAccess] {
        try Self.check(name: role, field: "share.role")
        return try store.write { connection throws(DatabaseError) in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                let shares = try connection.shares(of: portfolio.id)
                if access != nil, shares[role] == nil, shares.count >= StoreLimits.viewerRoles {
                    return .failure(.tooManyShares)
                }
                try connection.share(portfolio.id, with: role, access)
                try record(connection, "portfolio.shared", portfolio.id, store.clock())
                return .success(try connection.shares(of: portfolio.id))
            }
        }
    }

    // MARK: - Rights

    /// A portfolio with the number of its companies, if somebody sees it.
    func seen(
        _ name: String,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> Result<SeenPortfolio, ServiceError> {
        try withReadable(name, viewer, connection) { (_, access) throws(DatabaseError) in
            guard let portfolio = try connection.portfolio(named: name) else {
                return .failure(.unknownPortfolio(name))
            }
            return .success(SeenPortfolio(portfolio, access))
        }
    }

    /// Does something with a portfolio that somebody sees.
    func withReadable<Success>(
        _ name: String,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection,
        _ body: (PortfolioHead, PortfolioAccess) throws(DatabaseError) -> Result<
            Success, ServiceError
        >
    ) throws(DatabaseError) -> Result<Success, ServiceError> {
        guard let portfolio = try connection.portfolioHead(named: name),
            let access = viewer.access(
                to: portfolio.createdBy,
                try connection.shares(of: portfolio.id)
            )
        else { return .failure(.unknownPortfolio(name)) }
        return try body(portfolio, access)
    }

    /// Does something with a portfolio that somebody may change.
    ///
    /// - Parameter isHeld: Whether others are kept from ending it, which only writers can.
    package func withWritable<Success>(
        _ name: String,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection,
        holding isHeld: Bool = true,
        _ body: (PortfolioHead) throws(DatabaseError) -> Result<Success, ServiceError>
    ) throws(DatabaseError) -> Result<Success, ServiceError> {
        try withReadable(name, viewer, connection) {
            (portfolio, access) throws(DatabaseError) in
            guard access == .write else { return .failure(.readOnlyPortfolio(name)) }
            if isHeld, try !connection.holdPortfolio(portfolio.id) {
                return .failure(.unknownPortfolio(name))
            }
            return try body(portfolio)
        }
    }

    /// Adds to the stream of events. The last thing that a transaction does.
    func record(
        _ connection: any DatabaseConnection,
        _ kind: String,
        _ portfolio: Int,
        _ nowMicroseconds: Int,
        body: String = "{}"
    ) throws(DatabaseError) {
        let day = CalendarDate(secondsSince1970: Int64(nowMicroseconds / 1_000_000))
        try connection.append([
            StoreEvent(
                kind,
                portfolio: portfolio,
                day: day,
                createdAtMicroseconds: nowMicroseconds,
                body: body
            )
        ])
    }

    // MARK: - What is given

    private static func check(name: String, field: String) throws(ServiceError) {
        guard name.utf8.count <= StoreLimits.portfolioNameBytes, PersonIdentity.isPlain(name) else {
            throw .invalid(
                field,
                "BAD_NAME",
                "\"\(name.shownInMessages)\" is no name: it has 1 to "
                    + "\(StoreLimits.portfolioNameBytes) bytes (portfolioNameBytes), "
                    + "\(PersonIdentity.plainForm)."
            )
        }
    }

    /// Refuses a note that is too long to be kept, or that databases do not keep.
    package static func check(note: String) throws(ServiceError) {
        guard note.utf8.count <= StoreLimits.noteBytes else {
            throw .overLimit(
                "note",
                "noteBytes",
                "The note is too long.",
                value: note.utf8.count,
                maximum: StoreLimits.noteBytes
            )
        }
        guard !note.utf8.contains(0) else {
            throw .invalid("note", "BAD_NOTE", "The note has a NUL character; leave it out.")
        }
    }
}
