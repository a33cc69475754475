// SPDX-License-Identifier: Apache-2.0

// Collection as those see it who may: worklists and letters of portfolios, what was recorded of
// their customers, scenarios.

package import Collection
internal import Databases
internal import Documents
package import PortfolioStore
package import Portfolios
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// What one can do to collect what companies of portfolios owe.
package struct CollectionUseCases: Sendable {
    private let portfolios: PortfolioUseCases
    private let join: any FactJoin
    private var store: ServerStore { portfolios.store }

    /// Takes portfolios, and what joins facts that were kept.
    package init(_ portfolios: PortfolioUseCases, _ join: any FactJoin) {
        (self.portfolios, self.join) = (portfolios, join)
    }

    /// The day in UTC.
    package var today: CalendarDate {
        CalendarDate(secondsSince1970: Int64(store.clock() / 1_000_000))
    }

    /// The book of a portfolio as of a day.
    package func review(
        of name: String,
        asOf day: CalendarDate,
        in language: LetterLanguage,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> PortfolioReview {
        try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                try PortfolioBookReader(connection, join, asOf: day, language: language)
                    .review(of: portfolio.id)
            }
        }
    }

    /// The slots of the companies of a portfolio that a filter leaves, as it is now.
    package func slots(
        of name: String,
        _ filter: SegmentFilter,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> Set<Int> {
        try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                try connection.slots(of: portfolio.id, filter, on: today).map { Set($0) }
            }
        }
    }

    /// Writes the letters of today, and records that they went out: all of it or nothing. Whoever
    /// got the same letter by an earlier run gets none. The book is that of the moment at which it
    /// was read; what comes in while it is looked at is for the next run.
    ///
    /// - Parameter sender: Who writes.
    /// - Returns: The run's number, its letters, and half-years of which they lack a rate of
    ///   interest; nil where no letter is new.
    package func run(
        of name: String,
        in language: LetterLanguage,
        from sender: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (number: Int, letters: [KeptLetter], unknownRates: [String])? {
        var attempt = 1
        while true {
            // Reading the book may take seconds, in which others are to change what they will.
            let found = try review(of: name, asOf: today, in: language, by: viewer)
            do throws(ServiceError) {
                return try keep(found, of: name, from: sender, by: viewer)
            } catch {
                guard error.reason == ServiceError.changedMeanwhile.reason,
                    attempt < StoreLimits.attemptsMax
                else { throw error }
                attempt += 1
            }
        }
    }

    /// Keeps the letters of a book that was looked at, unless something that they say has changed.
    private func keep(
        _ found: PortfolioReview,
        of name: String,
        from sender: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (number: Int, letters: [KeptLetter], unknownRates: [String])? {
        try store.write { connection throws(DatabaseError) in
            try portfolios.withWritable(name, viewer, connection) {
                portfolio throws(DatabaseError) in
                let scenarios = try connection.dunningScenarios(of: portfolio.id)?.number
                guard portfolio.id == found.portfolio, scenarios ?? 0 == found.scenariosNumber
                else { return .failure(.changedMeanwhile) }
                return try keep(found, portfolio.id, sender, viewer, connection)
            }
        }
    }

    private func keep(
        _ found: PortfolioReview,
        _ portfolio: Int,
        _ sender: String,
        _ viewer: PortfolioViewer,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError)
        -> Result<(number: Int, letters: [KeptLetter], unknownRates: [String])?, ServiceError>
    {
        let (now, plan) = (store.clock(), found.review.plan())
        let letters = plan.letters
        let kept = letters.map { Self.kept($0, found, sender) }
        for letter in kept {
            let near = try connection.members(of: portfolio, after: letter.slot - 1, limit: 1)
            guard near.first?.slot == letter.slot else { return .failure(.changedMeanwhile) }
        }
        let run = try connection.keepDunningRun(
            of: portfolio,
            asOf: found.review.asOf,
            scenarios: found.scenariosNumber,
            by: viewer.identity ?? "",
            nowMicroseconds: now,
            kept
        )
        guard let run else { return .success(nil) }
        let new = Set(run.slots)
        for letter in letters where new.contains(found.members[letter.customer].slot) {
            var record = found.review.book.customers[letter.customer].record
            do throws(ServiceError) {
                try record.apply(
                    .sent(level: letter.level, scenario: letter.scenario.name),
                    by: "run \(run.number)",
                    on: found.review.asOf
                )
            } catch { return .failure(error) }
            let isKept = try connection.keepCollectionRecord(
                record.json,
                of: found.members[letter.customer].slot,
                in: portfolio,
                after: found.changes[letter.customer],
                nowMicroseconds: now
            )
            guard isKept else { return .failure(.changedMeanwhile) }
        }
        try portfolios.record(
            connection,
            "collection.run",
            portfolio,
            now,
            body: "{\"run\":\(run.number),\"letters\":\(run.slots.count)}"
        )
        return .success((run.number, kept.filter { new.contains($0.slot) }, plan.unknownRates))
    }

    /// A letter as it is kept, with its words.
    package static func kept(
        _ letter: DunningLetter,
        _ found: PortfolioReview,
        _ sender: String
    ) -> KeptLetter {
        let customer = found.review.book.customers[letter.customer]
        let written = WrittenLetter(letter, to: customer, from: sender)
        let total = letter.totals.first
        return KeptLetter(
            slot: found.members[letter.customer].slot,
            key: letter.key,
            level: letter.level,
            channel: letter.settings.channel.rawValue,
            currency: (total?.currency ?? .euro).code,
            totalCents: Int(total?.total ?? 0),
            subject: written?.subject ?? "",
            body: written?.text ?? ""
        )
    }

    // MARK: - What people do

    /// Does something about a company of a portfolio.
    ///
    /// - Returns: What is recorded of it now.
    package func apply(
        _ action: CollectionAction,
        to company: CompanyIdentity,
        in name: String,
        note: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> CollectionRecord {
        let day = today
        return try store.write { connection throws(DatabaseError) in
            try portfolios.withWritable(name, viewer, connection) {
                portfolio throws(DatabaseError) in
                guard let slot = try connection.slot(of: company),
                    try connection.members(among: [slot], of: portfolio.id).first != nil
                else { return .failure(.unknownCompany(company, in: name, "company")) }
                let kept = try connection.collectionRecord(of: slot, in: portfolio.id)
                var record = CollectionRecord()
                if let kept {
                    switch PortfolioBookReader.record(kept) {
                    case .success(let found): record = found
                    case .failure(let error): return .failure(error)
                    }
                }
                let person = viewer.identity ?? "operator"
                do throws(ServiceError) {
                    try record.apply(action, by: person, on: day, note: note)
                } catch { return .failure(error) }
                let isKept = try connection.keepCollectionRecord(
                    record.json,
                    of: slot,
                    in: portfolio.id,
                    after: kept?.change ?? 0,
                    nowMicroseconds: store.clock()
                )
                return isKept ? .success(record) : .failure(.changedMeanwhile)
            }
        }
    }

    // MARK: - What is kept

    /// The last runs of a portfolio, the newest first.
    package func runs(
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> [DunningRun] {
        try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                .success(
                    try connection.dunningRuns(of: portfolio.id, limit: StoreLimits.pageSize)
                )
            }
        }
    }

    /// A page of the letters of a run.
    package func letters(
        ofRun run: Int,
        of name: String,
        _ page: PageRequest,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (
        letters: [(letter: KeptLetter, line: PortfolioLine?)], nextToken: String
    ) {
        let size = try page.size()
        let found = try store.read {
            connection throws(DatabaseError)
                -> Result<[(letter: KeptLetter, line: PortfolioLine?)], ServiceError> in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                switch page.lastNumber(in: run) {
                case .failure(let error): return .failure(error)
                case .success(let last):
                    let letters = try connection.letters(
                        ofRun: run,
                        in: portfolio.id,
                        after: last,
                        limit: size + 1
                    )
                    var found: [(letter: KeptLetter, line: PortfolioLine?)] = []
                    for letter in letters {
                        let near = try connection.members(
                            of: portfolio.id,
                            after: letter.slot - 1,
                            limit: 1
                        ).first
                        found.append((letter, near?.slot == letter.slot ? near?.line : nil))
                    }
                    return .success(found)
                }
            }
        }
        let shown = Array(found.prefix(size))
        let next =
            found.count > size ? PageRequest.token(shown.last?.letter.slot ?? 0, in: run) : ""
        return (shown, next)
    }

    /// The scenarios that hold for a portfolio, as a document; number 0 for those of the product.
    package func scenarios(
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> (number: Int, document: String) {
        try store.read { connection throws(DatabaseError) in
            try portfolios.withReadable(name, viewer, connection) {
                (portfolio, _) throws(DatabaseError) in
                if let kept = try connection.dunningScenarios(of: portfolio.id) {
                    return .success((kept.number, kept.content))
                }
                let standard = String(decoding: DunningScenarios.standardDocument, as: UTF8.self)
                return .success((0, standard))
            }
        }
    }

    /// Says which scenarios hold for a portfolio from now on.
    ///
    /// - Returns: Their number.
    /// - Throws: INVALID_ARGUMENT with all that is wrong with the document.
    package func setScenarios(
        _ document: String,
        of name: String,
        by viewer: PortfolioViewer
    ) throws(ServiceError) -> Int {
        let problems = ProblemList(file: "document")
        guard DunningScenarios.read(json: Array(document.utf8), problems) != nil else {
            let told = problems.problems.map { "\($0.path): \($0.message)" }
            throw .invalid("document", "BAD_SCENARIOS", told.joined(separator: "\n"))
        }
        return try store.write { connection throws(DatabaseError) in
            try portfolios.withWritable(name, viewer, connection) {
                portfolio throws(DatabaseError) in
                let now = store.clock()
                let number = try connection.addDunningScenarios(
                    document,
                    to: portfolio.id,
                    by: viewer.identity ?? "",
                    nowMicroseconds: now
                )
                try portfolios.record(connection, "collection.scenarios", portfolio.id, now)
                return .success(number)
            }
        }
    }
}

extension ServiceError {
    /// Somebody else changed the same.
    fileprivate static var changedMeanwhile: ServiceError {
        ServiceError(
            .unavailable,
            "COLLECTION_CHANGED",
            "Somebody else changed what is recorded of a customer meanwhile; call again.",
            detail: .retry(milliseconds: 100)
        )
    }
}
