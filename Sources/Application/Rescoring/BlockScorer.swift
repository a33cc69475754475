// SPDX-License-Identifier: Apache-2.0

// Scores the companies of a block: their facts as of the run, and where that takes it once more as
// of the run before, so that what moved a score can be told.
//
// Cost of a company with two statements, three events and a book of 20 invoices, measured by
// rescoring-bench on two cores that five others used: 50 us of processor in SQLite, of which 8 to
// read its facts, 32 to put them together and assess them, 10 to keep what was found; 42 us and
// what its server takes in PostgreSQL. Twice the first two for companies that are scored twice:
// those of which papers came and whose score changed, and all at the first run of a model.

internal import Databases
package import PortfolioApplication
package import PortfolioStore
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// Scores blocks. For one thread at a time.
package final class BlockScorer {
    private let store: ServerStore
    private let assessor: any RunAssessor
    private let scorer: any RunScorer

    /// Takes what scores.
    package init(_ store: ServerStore, _ assessor: any RunAssessor) {
        (self.store, self.assessor) = (store, assessor)
        scorer = assessor.makeScorer()
    }

    /// What a run finds of a block.
    ///
    /// - Parameter goesOn: Asked after each part whether to go on.
    /// - Returns: nil when that said no.
    package func score(
        _ run: ScoringRun,
        slots: Range<Int>,
        goesOn: () throws(ServiceError) -> Bool
    ) throws(ServiceError) -> ScoredBlock? {
        let block = slots.lowerBound / HistoryLimits.blockSlots
        let whole = try store.read { connection throws(DatabaseError) in
            .success(try connection.lastWholeRun(ofBlock: block, before: run.number))
        }
        var (runs, companies) = ([Int: EarlierRun](), [ScoredCompany]())
        for first in stride(from: slots.lowerBound, to: slots.upperBound, by: Self.partSlots) {
            let part = first..<min(first + Self.partSlots, slots.upperBound)
            var atWork = try begin(run, part, whole, &runs)
            guard !atWork.isEmpty else { continue }
            try assessToday(run, part, &atWork)
            try assessByThisModel(part, &atWork)
            try assessWithoutNews(run, part, &atWork)
            companies += atWork.map(Self.scored)
            guard try goesOn() else { return nil }
        }
        return ScoredBlock(
            run: run.number,
            day: run.day,
            slots: slots,
            portfolio: run.portfolio,
            companies: companies
        )
    }

    private static let partSlots = RescoringLimits.partSlots

    /// The companies of a part, with what was found of them before.
    private func begin(
        _ run: ScoringRun,
        _ part: Range<Int>,
        _ wholeRun: Int,
        _ runs: inout [Int: EarlierRun]
    ) throws(ServiceError) -> [CompanyAtWork] {
        var known = runs
        let companies = try store.read {
            connection throws(DatabaseError) -> Result<[CompanyAtWork], ServiceError> in
            let slots = try connection.companies(of: run, inSlots: part)
            guard !slots.isEmpty else { return .success([]) }
            var earlier = try connection.earlierScores(inSlots: part)[...]
            var companies: [CompanyAtWork] = []
            companies.reserveCapacity(slots.count)
            for slot in slots {
                while let next = earlier.first, next.score.slot < slot { earlier.removeFirst() }
                guard let next = earlier.first, next.score.slot == slot else {
                    companies.append(Self.atWork(slot, nil, nil))
                    continue
                }
                let number = max(next.run, wholeRun)
                if known[number] == nil { known[number] = try connection.earlierRun(number) }
                companies.append(Self.atWork(slot, next.score, known[number]))
            }
            return .success(companies)
        }
        runs = known
        return companies
    }

    private static func atWork(
        _ slot: Int,
        _ before: CompanyScore?,
        _ earlier: EarlierRun?
    ) -> CompanyAtWork {
        CompanyAtWork(
            slot: slot,
            before: before,
            earlier: earlier,
            found: MoveFindings(before: before, now: ScoreFinding(.notScorable))
        )
    }

    /// Scores all companies as of the run, and notes which facts came since the run before.
    private func assessToday(
        _ run: ScoringRun,
        _ part: Range<Int>,
        _ companies: inout [CompanyAtWork]
    ) throws(ServiceError) {
        let all = Array(companies.indices)
        try assess(all, of: companies, part, run.view(assessor.kinds), asOf: run.day) {
            place,
            found,
            facts in
            companies[place].found.now = found
            guard let earlier = companies[place].earlier else { return }
            let news = facts.filter { !earlier.saw($0) }
            companies[place].hasNews = !news.isEmpty
            companies[place].legalEvents = scorer.legalEvents(in: news)
        }
    }

    /// Scores what another model scored before, once more by this one: the facts of then.
    private func assessByThisModel(
        _ part: Range<Int>,
        _ companies: inout [CompanyAtWork]
    ) throws(ServiceError) {
        let hash = assessor.model.hash
        try assessEarlier(part, companies, asOf: { $0.day }) { company in
            company.earlier.map { $0.modelHash != hash } ?? false
        } body: { place, found in
            companies[place].found.beforeByThisModel = found
        }
    }

    /// Scores companies that changed and of which facts came without those facts.
    private func assessWithoutNews(
        _ run: ScoringRun,
        _ part: Range<Int>,
        _ companies: inout [CompanyAtWork]
    ) throws(ServiceError) {
        try assessEarlier(part, companies, asOf: { _ in run.day }) { company in
            company.hasNews && company.found.hasCompanyPart
        } body: { place, found in
            companies[place].found.withoutNews = found
        }
    }

    /// Scores companies by what the run before saw of each.
    private func assessEarlier(
        _ part: Range<Int>,
        _ companies: [CompanyAtWork],
        asOf day: (EarlierRun) -> CalendarDate,
        _ isWanted: (CompanyAtWork) -> Bool,
        body: (_ place: Int, _ found: ScoreFinding) -> Void
    ) throws(ServiceError) {
        var places: [EarlierRun: [Int]] = [:]
        for (place, company) in companies.enumerated() where isWanted(company) {
            if let earlier = company.earlier { places[earlier, default: []].append(place) }
        }
        for (earlier, places) in places.sorted(by: { $0.key.number < $1.key.number }) {
            let day = day(earlier)
            let view = earlier.view(assessor.kinds, asOf: day)
            try assess(places, of: companies, part, view, asOf: day) { place, found, _ in
                body(place, found)
            }
        }
    }

    /// Reads the facts of companies, in the order of their slots, and scores them.
    private func assess(
        _ places: [Int],
        of companies: [CompanyAtWork],
        _ part: Range<Int>,
        _ view: FactView,
        asOf day: CalendarDate,
        _ body: (_ place: Int, _ found: ScoreFinding, _ facts: [KnownFact]) -> Void
    ) throws(ServiceError) {
        // Few are asked for one by one: the facts between them need not be read.
        let ranges =
            places.count * RescoringLimits.readAlonePart < companies.count
            ? places.map { companies[$0].slot..<companies[$0].slot + 1 } : [part]
        var batch = FactBatch(scorer, asOf: day)
        var (rest, refusal) = (places[...], ServiceError?.none)
        /// Scores what is full, and begins with companies up to a slot.
        func begin(upTo slot: Int) throws(DatabaseError) {
            while let place = rest.first, companies[place].slot <= slot {
                do throws(ServiceError) { if batch.isFull { try batch.finish(body) } } catch {
                    refusal = error
                    throw DatabaseError(.constraint, "refused")
                }
                batch.begin(place)
                rest.removeFirst()
            }
        }
        try store.read { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            do throws(DatabaseError) {
                for range in ranges {
                    try connection.forEachFact(inSlots: range, view) { fact throws(DatabaseError) in
                        try begin(upTo: fact.fact.slot)
                        if let last = batch.places.last, companies[last].slot == fact.fact.slot {
                            batch.add(fact)
                        }
                    }
                }
                try begin(upTo: .max)
                return .success(())
            } catch {
                if let refusal { return .failure(refusal) }
                throw error
            }
        }
        try batch.finish(body)
    }

    private static func scored(_ company: CompanyAtWork) -> ScoredCompany {
        let found = company.found
        let now = found.now.score(of: company.slot, found.cause)
        var scored = ScoredCompany(before: company.before, now: now)
        scored.beforeByThisModel = found.beforeByThisModel?.score(of: company.slot)
        scored.legalEvents = company.legalEvents
        scored.figures = found.now.figures
        return scored
    }
}

extension EarlierRun {
    /// Whether it saw a fact, of those that a later one sees.
    fileprivate func saw(_ fact: KnownFact) -> Bool {
        fact.knownAtMicroseconds <= requestedAtMicroseconds && fact.fact.day <= day
    }
}
