// SPDX-License-Identifier: Apache-2.0

// Companies of portfolios: listed, added, changed, taken out, copied and moved, some at a time.

internal import Databases
internal import PortfolioStore
package import Portfolios
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// What became of companies that were copied or moved.
package struct TransferSummary: Sendable, Equatable {
    /// How many the second portfolio did not have.
    package let added: Int
    /// How many left the first one.
    package let removed: Int
    /// How many the first one did not have.
    package let absent: Int
}

extension PortfolioUseCases {
    /// A page of the companies of a portfolio, in the order in which the store came to know them.
    package func companies(
        of name: String,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (companies: [PortfolioLine], nextToken: String) {
        let size = try page.size()
        let (id, found) = try store.read {
            connection throws(DatabaseError) -> Result<(Int, [PortfolioMember]), ServiceError> in
            try withReadable(name, viewer, connection) { (portfolio, _) throws(DatabaseError) in
                let id = portfolio.id
                switch page.lastNumber(in: id) {
                case .failure(let error): return .failure(error)
                case .success(let last):
                    let limit = size + 1
                    return .success((id, try connection.members(of: id, after: last, limit: limit)))
                }
            }
        }
        let shown = found.prefix(size)
        let next = found.count > size ? PageRequest.token(shown.last?.slot ?? 0, in: id) : ""
        return (shown.map(\.line), next)
    }

    /// Adds companies to a portfolio, or changes what is known of those that it has.
    package func put(
        _ lines: [PortfolioLine],
        into name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> ImportSummary {
        try Self.check(lines.map(\.identity))
        for (index, line) in lines.enumerated() { try line.check("companies[\(index)]") }
        return try store.write { connection throws(DatabaseError) in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                var rest = lines[...]
                let summary = try PortfolioImport(
                    portfolio.id,
                    .add,
                    nowMicroseconds: store.clock()
                ).run(connection) { () throws(DatabaseError) in rest.popFirst() }
                try recordChange(connection, portfolio.id, summary)
                return .success(summary)
            }
        }
    }

    /// Takes companies out of a portfolio.
    ///
    /// - Returns: How many it had.
    package func remove(
        _ companies: [CompanyIdentity],
        from name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> Int {
        try Self.check(companies)
        return try store.write { connection throws(DatabaseError) in
            try withWritable(name, viewer, connection) { portfolio throws(DatabaseError) in
                let slots = try Self.slots(of: companies, connection)
                let removed = try connection.removeCompanies(slots, from: portfolio.id)
                try recordChange(connection, portfolio.id, ImportSummary(removed: removed))
                return .success(removed)
            }
        }
    }

    /// Copies or moves companies from one portfolio into another.
    package func transfer(
        _ companies: [CompanyIdentity],
        from source: String,
        to target: String,
        isMove: Bool,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> TransferSummary {
        try Self.check(companies)
        return try store.write {
            connection throws(DatabaseError) -> Result<TransferSummary, ServiceError> in
            try withReadable(source, viewer, connection) { (from, access) throws(DatabaseError) in
                guard !isMove || access == .write else {
                    return .failure(.readOnlyPortfolio(source))
                }
                return try withWritable(target, viewer, connection) { into throws(DatabaseError) in
                    guard into.id != from.id else { return .failure(.samePortfolio) }
                    let slots = try connection.members(
                        among: try Self.slots(of: companies, connection),
                        of: from.id
                    )
                    let added = try connection.copyCompanies(
                        slots,
                        from: from.id,
                        to: into.id,
                        nowMicroseconds: store.clock()
                    )
                    try recordChange(connection, into.id, ImportSummary(added: added))
                    var removed = 0
                    if isMove {
                        removed = try connection.removeCompanies(slots, from: from.id)
                        try recordChange(connection, from.id, ImportSummary(removed: removed))
                    }
                    return .success(
                        TransferSummary(
                            added: added,
                            removed: removed,
                            absent: companies.count - slots.count
                        )
                    )
                }
            }
        }
    }

    /// Tells the stream of events what became of a portfolio's companies, where anything did.
    func recordChange(
        _ connection: any DatabaseConnection,
        _ portfolio: Int,
        _ summary: ImportSummary
    ) throws(DatabaseError) {
        guard summary.added + summary.changed + summary.removed > 0 else { return }
        try record(
            connection,
            "portfolio.companies",
            portfolio,
            store.clock(),
            body: """
                {"added":\(summary.added),"changed":\(summary.changed),\
                "removed":\(summary.removed)}
                """
        )
    }

    private static func slots(
        of companies: [CompanyIdentity],
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> [Int] {
        var slots: [Int] = []
        for company in companies {
            if let slot = try connection.slot(of: company) { slots.append(slot) }
        }
        return slots
    }

    static func check(_ companies: [CompanyIdentity]) throws(ServiceError) {
        guard !companies.isEmpty else {
            throw .invalid("companies", "NO_COMPANIES", "companies is empty; name at least one.")
        }
        guard companies.count <= StoreLimits.namedCompaniesMax else {
            throw .overLimit(
                "companies",
                "namedCompaniesMax",
                "Too many companies are named; send several calls, or a file by ImportCompanies.",
                value: companies.count,
                maximum: StoreLimits.namedCompaniesMax
            )
        }
        var places: [CompanyIdentity: Int] = [:]
        for (index, company) in companies.enumerated() {
            if let first = places.updateValue(index, forKey: company) {
                throw .invalid(
                    "companies[\(index)]",
                    "REPEATED_COMPANY",
                    "companies[\(index)] is the same as companies[\(first)]; name each once."
                )
            }
        }
    }
}

extension PortfolioLine {
    /// Refuses texts that are too long, and a limit below 0.
    fileprivate func check(_ field: String) throws(ServiceError) {
        for (part, text, limit, maximum) in [
            ("name", name, "companyNameBytes", StoreLimits.companyNameBytes),
            ("reference", reference, "companyReferenceBytes", StoreLimits.companyReferenceBytes),
        ] {
            guard text.utf8.count <= maximum else {
                throw .overLimit(
                    "\(field).\(part)",
                    limit,
                    "\(field).\(part) is too long.",
                    value: text.utf8.count,
                    maximum: maximum
                )
            }
            guard !text.utf8.contains(0) else {
                throw .invalid(
                    "\(field).\(part)",
                    "BAD_TEXT",
                    "\(field).\(part) has a NUL character; leave it out."
                )
            }
        }
        guard (limit?.minorUnits ?? 0) >= 0 else {
            throw .invalid(
                "\(field).limit",
                "NEGATIVE_LIMIT",
                "\(field).limit is below 0; a company without a limit has none, or 0."
            )
        }
    }
}

extension ServiceError {
    /// Companies cannot be moved from a portfolio to itself.
    fileprivate static var samePortfolio: ServiceError {
        .invalid("target", "SAME_PORTFOLIO", "source and target are the same portfolio.")
    }
}
