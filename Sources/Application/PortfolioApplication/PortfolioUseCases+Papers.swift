// SPDX-License-Identifier: Apache-2.0

// Papers that the server reads itself for a portfolio: each once, by its content.

internal import Databases
package import PortfolioStore
package import Portfolios
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// What became of a paper that the server read.
package enum PaperRecording: Sendable, Equatable {
    /// It was read before, at that time in microseconds since 1970 in UTC; nothing was left out.
    case known(atMicroseconds: Int)
    /// What it says is kept.
    case recorded(FactSummary, companyCount: Int)
}

extension PortfolioUseCases {
    /// When a paper was read for a portfolio, in microseconds since 1970 in UTC; nil when it was
    /// not, or when it told of companies that the portfolio did not have.
    ///
    /// - Throws: NOT_FOUND for a portfolio that there is not.
    package func paperRead(
        _ digest: [UInt8],
        for name: String
    ) throws(ServiceError) -> Int? {
        try store.read { connection throws(DatabaseError) -> Result<Int?, ServiceError> in
            try withReadable(name, .server, connection) { (portfolio, _) throws(DatabaseError) in
                let paper = try connection.readPaper(digest, of: portfolio.id)
                return .success(paper?.whole)
            }
        }
    }

    /// Whether a portfolio has each of some companies, in their order.
    package func follows(
        _ companies: [CompanyIdentity],
        in name: String
    ) throws(ServiceError) -> [Bool] {
        var follows: [Bool] = []
        var rest = companies[...]
        repeat {
            // Some at a time, so that no transaction stays open for long.
            let some = rest.prefix(StoreLimits.namedCompaniesMax)
            rest = rest.dropFirst(some.count)
            follows += try store.read {
                connection throws(DatabaseError) -> Result<[Bool], ServiceError> in
                try withReadable(name, .server, connection) {
                    (portfolio, _) throws(DatabaseError) in
                    let slots = try connection.slots(of: some, in: portfolio.id)
                    return .success(slots.map { $0 != nil })
                }
            }
        } while !rest.isEmpty
        return follows
    }

    /// Keeps what a paper says of companies of a portfolio, and that it was read: all of it or
    /// nothing. Companies that have left the portfolio meanwhile are left out.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of its content.
    ///   - byteCount: How long it is.
    ///   - companies: The companies that the portfolio has.
    ///   - leftOutCount: How many others it tells of.
    ///   - name: The portfolio.
    ///   - source: What the paper is called.
    package func recordPaper(
        _ digest: [UInt8],
        byteCount: Int,
        _ companies: [RecordedCompany],
        leftOutCount: Int,
        in name: String,
        source: String
    ) throws(ServiceError) -> PaperRecording {
        try store.write {
            connection throws(DatabaseError) -> Result<PaperRecording, ServiceError> in
            try withWritable(name, .server, connection) { portfolio throws(DatabaseError) in
                if let known = try connection.readPaper(digest, of: portfolio.id)?.whole {
                    return .success(.known(atMicroseconds: known))
                }
                let slots = try connection.slots(
                    of: companies.lazy.map(\.identity),
                    in: portfolio.id
                )
                let gone = slots.count { $0 == nil }
                let paper = ReadPaper(
                    digest: digest,
                    byteCount: byteCount,
                    readAtMicroseconds: store.clock(),
                    leftOutCount: leftOutCount + gone
                )
                try connection.note(paper, of: portfolio.id)
                let changes = try bring(companies, slots, portfolio.id, source, .add, connection)
                return .success(.recorded(changes, companyCount: companies.count - gone))
            }
        }
    }
}

extension ReadPaper {
    /// When all that it says was kept; nil when something was left out.
    fileprivate var whole: Int? { leftOutCount == 0 ? readAtMicroseconds : nil }
}

extension PortfolioViewer {
    /// The server itself.
    fileprivate static let server = PortfolioViewer(identity: nil, roles: [], isOperator: true)
}
