// SPDX-License-Identifier: Apache-2.0

// What is known of a company, split into facts that are kept.
//
// Cost, expected, of a company with two statements of 60 lines, three events and 20 invoices: what
// its message takes to be read, and 1 us to write each fact of some hundred bytes.

internal import CreditFacts
internal import ProtobufCoding
internal import Quantities
package import ServiceErrors
internal import VigieLimits
package import VigieProtos

/// Splits messages of companies whose lines have the same names.
package struct FactSplitter {
    private let reader: FactReader

    /// Takes what reads the messages.
    package init(_ reader: FactReader) { self.reader = reader }

    /// The facts of a company: statements, the newest first, events in their order, the ledger.
    ///
    /// - Throws: What a message throws that is assessed; RESOURCE_EXHAUSTED for a fact that is too
    ///   long to be kept.
    package func facts(
        _ message: Vigie_V1_CompanyFacts
    ) throws(ServiceError) -> [StoredFact] {
        let facts = try reader.facts(message)
        var stored: [StoredFact] = []
        for (day, year) in years(facts).sorted(by: { $0.key > $1.key }) {
            stored.append(try Self.fact(.statement, day, year))
        }
        let ledger = Self.ledger(facts)
        // Doubts are those of the papers that figures come from, where there are any.
        var blank = CompanyFacts(siren: facts.siren)
        blank.hasDoubtfulPapers = facts.hasDoubtfulPapers && stored.isEmpty && ledger == nil
        stored += try events(facts, blank, areNamed: !message.events.notices.isEmpty)
        if let ledger {
            let kind = ledger.ledgerOwner == .creditor ? StoredFact.Kind.account : .ledger
            stored.append(try Self.fact(kind, Self.lastDay(ledger), ledger))
        }
        return stored
    }

    private static func fact(
        _ kind: StoredFact.Kind,
        _ day: CalendarDate,
        _ facts: CompanyFacts,
        withoutNotices: Bool = false
    ) throws(ServiceError) -> StoredFact {
        let message = Vigie_V1_KnownFacts(facts, withoutNotices: withoutNotices)
        let content = message.serializedBytes()
        guard content.count <= StoreLimits.factBytesMax else {
            throw .overLimit(
                "company",
                "factBytesMax",
                "The \(kind.rawValue) of \(day) is too long to be kept.",
                value: content.count,
                maximum: StoreLimits.factBytesMax,
                code: .resourceExhausted
            )
        }
        return StoredFact(kind: kind, day: day, content: content)
    }

    // MARK: Statements

    /// What is known of each year, by the day on which it ends.
    private func years(_ facts: CompanyFacts) -> [CalendarDate: CompanyFacts] {
        var blank = CompanyFacts(siren: facts.siren)
        blank.hasDoubtfulPapers = facts.hasDoubtfulPapers
        var years: [CalendarDate: CompanyFacts] = [:]
        for statement in facts.statements {
            years[statement.closing, default: blank].statements.append(statement)
        }
        for filing in facts.filings { years[filing.closing, default: blank].filings.append(filing) }
        // What a filing says of the year before belongs to the filing: whoever sends it again, and
        // not the year before, must not take that one's place.
        let closings = years.keys.sorted()
        for comparative in facts.comparatives {
            let later = closings.first { $0 > comparative.closing }
            let isNext = later.map { $0.days(since: comparative.closing) <= Self.yearDaysMax }
            let day = isNext == true ? later ?? comparative.closing : comparative.closing
            years[day, default: blank].comparatives.append(comparative)
        }
        return years
    }

    /// Days from the end of one year to that of the next, which has 24 months at most.
    private static let yearDaysMax = 731  // tidy: limit: two years of the calendar

    // MARK: Events

    private func events(
        _ facts: CompanyFacts,
        _ blank: CompanyFacts,
        areNamed: Bool
    ) throws(ServiceError) -> [StoredFact] {
        var stored: [StoredFact] = []
        if areNamed {
            for event in facts.events {
                var part = blank
                part.events = [event]
                stored.append(try Self.fact(.event, event.published, part))
            }
        } else {
            // Without names those of a day are told apart by their order alone.
            for (day, events) in Dictionary(grouping: facts.events, by: \.published) {
                var part = blank
                part.events = events
                stored.append(try Self.fact(.event, day, part, withoutNotices: true))
            }
        }
        for correction in facts.corrections {
            var part = blank
            part.corrections = [correction]
            stored.append(try Self.fact(.event, correction.published, part))
        }
        for entry in facts.registerEntries {
            var part = blank
            part.registerEntries = [entry]
            stored.append(try Self.fact(.event, entry.knownSince, part))
        }
        // Sorted in place, and those of one day as they came.
        return stored.enumerated().sorted {
            ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
        }.map(\.element)
    }

    // MARK: The ledger

    /// What is known of invoices; nil when nothing is.
    private static func ledger(_ facts: CompanyFacts) -> CompanyFacts? {
        let isEmpty =
            facts.owed.isEmpty && facts.receivable.isEmpty && facts.unallocated.isEmpty
            && facts.receivableCredits.isEmpty && facts.salesByMonth.isEmpty
        if isEmpty, facts.ledgerUntil == nil { return nil }
        var ledger = CompanyFacts(siren: facts.siren)
        ledger.hasDoubtfulPapers = facts.hasDoubtfulPapers
        ledger.owed = facts.owed
        ledger.receivable = facts.receivable
        ledger.unallocated = facts.unallocated
        ledger.receivableCredits = facts.receivableCredits
        ledger.salesByMonth = facts.salesByMonth
        ledger.ledgerUntil = facts.ledgerUntil
        ledger.ledgerOwner = facts.ledgerOwner
        return ledger
    }

    /// The last day that a ledger speaks of: what it says itself, or the last on which something
    /// happened.
    private static func lastDay(_ ledger: CompanyFacts) -> CalendarDate {
        if let day = ledger.ledgerUntil { return day }
        var last: CalendarDate?
        func note(_ day: CalendarDate?) {
            if let day { last = max(last ?? day, day) }
        }
        for invoice in ledger.owed + ledger.receivable {
            note(invoice.issued)
            for payment in invoice.payments { note(payment.returned ?? payment.date) }
            for dispute in invoice.disputes { note(dispute.closed ?? dispute.opened) }
            for promise in invoice.promises { note(promise.made) }
        }
        for credit in ledger.unallocated + ledger.receivableCredits { note(credit.date) }
        if last == nil { for month in ledger.salesByMonth.keys { note(endOfMonth(month)) } }
        if last == nil { for invoice in ledger.owed + ledger.receivable { note(invoice.due) } }
        return last ?? .first
    }

    private static func endOfMonth(_ number: Int) -> CalendarDate? {
        let (year, month) = (number / 12, number % 12 + 1)
        guard number >= 0 else { return nil }
        let day = CalendarDate.dayCount(ofMonth: month, year: year)
        return CalendarDate(year: year, month: month, day: day)
    }
}

extension RegisterEntry {
    /// When it was last changed, as far as is known: which of two is the newer goes by it.
    fileprivate var knownSince: CalendarDate {
        updatedAt.flatMap { CalendarDate(String($0.prefix(10))) } ?? since ?? .first
    }
}
