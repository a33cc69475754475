// SPDX-License-Identifier: Apache-2.0

// Facts as they are kept, joined into what is known of a company, for its assessment. Stores may be
// damaged: what cannot be read is an error that names the fact.
//
// Cost, expected, of a company with two statements, three events and a ledger of 20 invoices: 2 us
// for names of lines where they differ from those of the fact before, 1 us for each fact, and what
// their columns take to be read (FactFields).

package import CreditFacts
internal import ProtobufCoding
package import Quantities
package import ServiceErrors
package import VigieLimits
internal import VigieProtos

/// Joins the facts of companies, one company after the other. One serves one thread.
package final class FactJoiner {
    private struct Entry {
        let kind: StoredFact.Kind
        let day: CalendarDate
        let number: Int
        let content: [UInt8]
    }

    private let limits: ServiceLimits
    private let asOf: CalendarDate
    private let memory = FactMemory()
    private var known: (names: [String], reader: FactReader)?
    private var entries: [Entry] = []

    /// Joins for assessments as of a day.
    package init(limits: ServiceLimits, asOf: CalendarDate) {
        (self.limits, self.asOf) = (limits, asOf)
    }

    /// Adds a fact of the company, in whatever order.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - day: The day that it is about.
    ///   - number: The later it came, the higher.
    ///   - content: The fact itself.
    package func add(
        _ kind: StoredFact.Kind,
        _ day: CalendarDate,
        number: Int,
        content: [UInt8]
    ) {
        entries.append(Entry(kind: kind, day: day, number: number, content: content))
    }

    /// What is known of the company by the facts that were added, which are forgotten then: the
    /// next one begins.
    ///
    /// Of what is said twice of a statement with the same closing day, form and day of filing, what
    /// came last stands; of ledgers the one that reaches the day of the assessment first, or else
    /// the last. Events stand together. What it owes is told by its own book, where there is one,
    /// and else by the account that whoever follows it keeps: the one may be in the other.
    ///
    /// - Parameter siren: The number of the company, where the store knows it by that.
    /// - Throws: DATA_LOSS for a fact that is damaged, RESOURCE_EXHAUSTED for too much of all.
    package func facts(of siren: SIREN?) throws(ServiceError) -> CompanyFacts {
        let entries = entries
        self.entries.removeAll(keepingCapacity: true)
        var facts = CompanyFacts(siren: siren)
        try join(statements: entries.filter { $0.kind == .statement }, &facts)
        try join(events: entries.filter { $0.kind == .event }, &facts)
        let ledger = ledger(.ledger, among: entries) ?? ledger(.account, among: entries)
        if let ledger { try take(ledger, &facts) }
        try check(facts)
        return facts
    }

    // MARK: Kinds of facts

    /// The newest year first.
    private func join(
        statements entries: [Entry],
        _ facts: inout CompanyFacts
    ) throws(ServiceError) {
        let sorted = entries.sorted { ($1.day, $0.number) < ($0.day, $1.number) }
        for (place, entry) in sorted.enumerated() {
            let part = try read(entry)
            facts.siren = facts.siren ?? part.siren
            Self.add(part.statements, to: &facts.statements, by: \.act)
            Self.add(part.comparatives, to: &facts.comparatives, by: \.act)
            Self.add(part.filings, to: &facts.filings) { $0 }
            // Of a day the last fact tells whether its papers are in doubt.
            let isLast = place + 1 == sorted.count || sorted[place + 1].day != entry.day
            if isLast, part.hasDoubtfulPapers { facts.hasDoubtfulPapers = true }
        }
    }

    /// Adds what another fact says; what was said of the same before no longer counts.
    private static func add<Part, Key: Hashable>(
        _ new: [Part],
        to parts: inout [Part],
        by key: (Part) -> Key
    ) {
        if !new.isEmpty, !parts.isEmpty {
            let keys = Set(new.map(key))
            parts.removeAll { keys.contains(key($0)) }
        }
        parts += new
    }

    /// In the order of their days, so that the newest entry of a register is its last.
    private func join(
        events entries: [Entry],
        _ facts: inout CompanyFacts
    ) throws(ServiceError) {
        for entry in entries.sorted(by: { ($0.day, $0.number) < ($1.day, $1.number) }) {
            let part = try read(entry)
            facts.siren = facts.siren ?? part.siren
            for (place, var event) in part.events.enumerated() {
                // A notice without a name is one of its own, here as in the fact.
                if event.notice == "#\(place)" { event.notice = "#\(facts.events.count)" }
                facts.events.append(event)
            }
            facts.corrections += part.corrections
            facts.registerEntries += part.registerEntries
            if part.hasDoubtfulPapers { facts.hasDoubtfulPapers = true }
        }
    }

    private func ledger(_ kind: StoredFact.Kind, among entries: [Entry]) -> Entry? {
        var best: Entry?
        for entry in entries where entry.kind == kind {
            guard let held = best else {
                best = entry
                continue
            }
            let (isEnough, wasEnough) = (entry.day >= asOf, held.day >= asOf)
            let isBetter =
                if entry.day == held.day {
                    entry.number > held.number
                } else if isEnough != wasEnough {
                    isEnough
                } else {
                    isEnough == (entry.day < held.day)
                }
            if isBetter { best = entry }
        }
        return best
    }

    private func take(_ ledger: Entry, _ facts: inout CompanyFacts) throws(ServiceError) {
        let part = try read(ledger)
        facts.siren = facts.siren ?? part.siren
        facts.owed = part.owed
        facts.receivable = part.receivable
        facts.unallocated = part.unallocated
        facts.receivableCredits = part.receivableCredits
        facts.salesByMonth = part.salesByMonth
        facts.ledgerUntil = part.ledgerUntil
        facts.ledgerOwner = part.ledgerOwner
        if part.hasDoubtfulPapers { facts.hasDoubtfulPapers = true }
    }

    // MARK: Reading

    private func read(_ entry: Entry) throws(ServiceError) -> CompanyFacts {
        if let facts = entry.content.withUnsafeBytes(facts(in:)) { return facts }
        throw ServiceError(
            .dataLoss,
            "FACT_DAMAGED",
            "Fact \(entry.number) in the store cannot be read; record what it was about again in "
                + "the mode REPLACE, or restore a backup.",
            metadata: ["fact": "\(entry.number)"]
        )
    }

    /// What a fact says; nil where it is damaged.
    private func facts(in bytes: UnsafeRawBufferPointer) -> CompanyFacts? {
        var (names, company) = ([String](), UnsafeRawBufferPointer(start: nil, count: 0))
        var reader = ProtobufReader(bytes)
        do {
            while let tag = try reader.nextTag() {
                switch tag {
                case 10: names.append(try reader.string())
                case 18: company = try reader.borrowedBytes()
                default: try reader.skip(tag)
                }
            }
            return try memory.facts(company, by: try self.reader(of: names)) { name in
                ServiceError(.dataLoss, "MALFORMED_MESSAGE", name)
            }
        } catch { return nil }
    }

    /// Most facts name their lines as the one before.
    private func reader(of names: [String]) throws(ServiceError) -> FactReader {
        if let known, known.names == names { return known.reader }
        let made = try FactReader(lineNames: names, limits: limits)
        known = (names, made)
        return made
    }

    private func check(_ facts: CompanyFacts) throws(ServiceError) {
        let (years, events) = (limits.companyStatementsMax, limits.companyEventsMax)
        for (part, count, limit, maximum) in [
            ("statements", facts.statements.count, "companyStatementsMax", years),
            ("comparatives", facts.comparatives.count, "companyStatementsMax", years),
            ("filings", facts.filings.count, "companyEventsMax", events),
            ("events", facts.events.count, "companyEventsMax", events),
            ("corrections", facts.corrections.count, "companyEventsMax", events),
            ("register_entries", facts.registerEntries.count, "companyEventsMax", events),
        ] where count > maximum {
            throw .overLimit(
                "company.\(part)",
                limit,
                "The store knows too much of the company (\(part)); record less of it in the mode "
                    + "REPLACE.",
                value: count,
                maximum: maximum,
                code: .resourceExhausted
            )
        }
    }
}

extension FinancialStatement {
    /// What makes two statements the same one.
    fileprivate struct Act: Hashable {
        let closing: CalendarDate
        let form: StatementForm
        let published: CalendarDate?
    }

    fileprivate var act: Act { Act(closing: closing, form: form, published: published) }
}
