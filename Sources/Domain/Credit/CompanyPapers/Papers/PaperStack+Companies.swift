// SPDX-License-Identifier: Apache-2.0

// Papers by company, joined by its number. What names no company stands by itself: the facts of one
// company, if there is just one in all papers; else of a company without a number.

package import CreditFacts
internal import InvoiceMatching
package import Quantities

extension PaperStack {
    /// What the papers say of each company, in the order in which they name them.
    ///
    /// - Parameter asOf: The day up to which messages about invoices count.
    package func companies(asOf: CalendarDate = .last) -> [CompanyFacts] {
        var list = CompanyList(lone: loneCompany)
        let isLoneBook = books.count == 1
        for statement in statements {
            // A book without an owner is nobody else's, unless it is the only one of the only
            // company.
            if statement.siren == nil, !isLoneBook {
                list[paper: statement.source.paper].statements.append(statement)
            } else {
                list[statement.siren].statements.append(statement)
            }
        }
        for year in comparatives { list[year.siren].comparatives.append(year) }
        for filing in filings {
            list[filing.siren].filings.append(
                AccountsFiling(
                    closing: filing.closing,
                    filed: filing.filed,
                    isOfLiquidation: filing.isOfLiquidation,
                    source: filing.source
                )
            )
        }
        for event in events { list[event.siren].events.append(event) }
        for entry in registerEntries {
            list[entry.siren].registerEntries.append(entry)
            if let name = entry.name { list[entry.siren].name = name }
        }
        for book in books {
            if book.siren == nil, !isLoneBook {
                list[paper: book.paper].take(book, isLast: true)
            } else {
                list[book.siren].take(book, isLast: isInForce(book, asOf: asOf))
            }
        }
        for ledger in ledgers { list.add(ledger) }
        for (seller, ledger) in sellerLedgers(asOf: asOf) { list.add(ledger, of: seller) }
        list.add(corrections)
        list.note(papers)
        list.noteOwners()
        return list.companies
    }

    /// Whether no later book of the same company had begun on a day: what is open at the end of a
    /// book stands in the next one again.
    package func isInForce(_ book: CompanyBook, asOf: CalendarDate) -> Bool {
        !books.contains { other in
            guard other.siren == book.siren, let end = book.closing, let later = other.closing,
                let first = other.summary.firstDay
            else { return false }
            return later > end && first <= asOf
        }
    }

    /// The only company that papers name, if there is just one.
    private var loneCompany: SIREN? {
        var named: Set<SIREN> = []
        for statement in statements { if let siren = statement.siren { named.insert(siren) } }
        for filing in filings { named.insert(filing.siren) }
        for event in events { named.insert(event.siren) }
        for entry in registerEntries { named.insert(entry.siren) }
        for book in books { if let siren = book.siren { named.insert(siren) } }
        return named.count == 1 ? named.first : nil
    }
}

/// Companies by their numbers, in the order in which they were named.
private struct CompanyList {
    private(set) var companies: [CompanyFacts] = []
    private var places: [SIREN?: Int] = [:]
    private var placesOfPapers: [Int32: Int] = [:]
    private let lone: SIREN?

    init(lone: SIREN?) { self.lone = lone }

    /// The facts of a company; without a number those of the only one that papers name.
    subscript(_ siren: SIREN?) -> CompanyFacts {
        mutating get { companies[place(siren)] }
        _modify {
            let place = place(siren)
            yield &companies[place]
        }
    }

    /// The facts of the company without a number that a paper is about.
    subscript(paper paper: Int32) -> CompanyFacts {
        mutating get { companies[place(ofPaper: paper)] }
        _modify {
            let place = place(ofPaper: paper)
            yield &companies[place]
        }
    }

    private mutating func place(ofPaper paper: Int32) -> Int {
        if let known = placesOfPapers[paper] { return known }
        placesOfPapers[paper] = companies.count
        companies.append(CompanyFacts(siren: nil))
        return companies.count - 1
    }

    /// Notes what is wrong with papers with the companies that they are about: all of a paper about
    /// one company; of another paper what stands with records of one company only.
    mutating func note(_ papers: [CompanyPaper]) {
        var owners: [Int32: Int] = [:]
        var recordOwners: [PaperReference: Int] = [:]
        let numbers = companies.map(\.papers)
        for number in numbers.joined() { owners[number, default: 0] += 1 }
        for company in companies {
            for record in company.records { recordOwners[record, default: 0] += 1 }
        }
        for place in companies.indices {
            let records = companies[place].records
            for number in numbers[place] where papers.indices.contains(Int(number)) {
                let paper = papers[Int(number)]
                if paper.counts.setAside > 0 { companies[place].hasDoubtfulPapers = true }
                for finding in paper.findings.kept where finding.severity >= .warning {
                    let source = finding.source
                    guard
                        owners[number] == 1
                            || recordOwners[source] == 1 && records.contains(source)
                    else { continue }
                    companies[place].paperFindings.append(finding)
                    companies[place].hasDoubtfulPapers = true
                }
            }
        }
    }

    private mutating func place(_ siren: SIREN?) -> Int {
        let siren = siren ?? lone
        if let known = places[siren] { return known }
        places[siren] = companies.count
        companies.append(CompanyFacts(siren: siren))
        return companies.count - 1
    }

    /// What customers owe; one without a number is a company by its name.
    mutating func add(_ ledger: PartyLedger) {
        var own: [Int] = []
        for party in ledger.parties {
            let name = party.name ?? party.key
            if let siren = party.siren {
                own.append(place(siren))
                if self[siren].name == nil { self[siren].name = name }
            } else {
                own.append(companies.count)
                companies.append(CompanyFacts(siren: nil))
                companies[companies.count - 1].name = name
            }
        }
        for place in own where companies[place].owed.isEmpty {
            companies[place].ledgerOwner = .creditor
        }
        for invoice in ledger.invoices where own.indices.contains(Int(invoice.party)) {
            companies[own[Int(invoice.party)]].owed.append(invoice)
        }
        for credit in ledger.credits where own.indices.contains(Int(credit.party)) {
            companies[own[Int(credit.party)]].unallocated.append(credit)
        }
    }

    /// What a customers' ledger says is of whoever keeps it, unless other papers tell of the
    /// company's own book, too: then it is a part of what the company owes to anybody.
    mutating func noteOwners() {
        for place in companies.indices {
            let company = companies[place]
            let hasBook =
                !company.receivable.isEmpty || !company.receivableCredits.isEmpty
                || !company.salesByMonth.isEmpty || company.ledgerUntil != nil
            if hasBook { companies[place].ledgerOwner = .company }
        }
    }

    /// What a seller is owed, and so what each of its buyers owes.
    mutating func add(_ ledger: MatchedLedger, of seller: SIREN) {
        self[seller].receivable += ledger.invoices
        for invoice in ledger.invoices where ledger.parties.indices.contains(Int(invoice.party)) {
            let party = ledger.parties[Int(invoice.party)]
            guard let siren = party.siren else { continue }
            self[siren].owed.append(invoice)
            self[siren].ledgerOwner = .company
            if self[siren].name == nil { self[siren].name = party.name }
        }
    }

    /// A correction names a notice, not a company; each company takes those of its own notices.
    mutating func add(_ corrections: [NoticeCorrection]) {
        var byNotice: [String: [NoticeCorrection]] = [:]
        for correction in corrections {
            byNotice[correction.corrected, default: []].append(correction)
        }
        guard !byNotice.isEmpty else { return }
        for place in companies.indices {
            for notice in Set(companies[place].events.map(\.notice)) {
                companies[place].corrections += byNotice[notice] ?? []
            }
        }
    }
}

extension CompanyFacts {
    /// Takes the ledgers of a book; of one that a later book follows only what was settled in it.
    fileprivate mutating func take(_ book: CompanyBook, isLast: Bool) {
        for (month, cents) in book.summary.salesByMonth {
            let sum = salesByMonth[month, default: 0].addingReportingOverflow(cents)
            if !sum.overflow { salesByMonth[month] = sum.partialValue }
        }
        if isLast {
            owed += book.supplierInvoices
            receivable += book.customerInvoices
            unallocated += book.summary.supplierCredits
            receivableCredits += book.summary.customerCredits
            if let last = book.summary.lastDay { ledgerUntil = max(ledgerUntil ?? last, last) }
        } else {
            owed += book.supplierInvoices.filter { $0.open == 0 }
            receivable += book.customerInvoices.filter { $0.open == 0 }
        }
    }
}
