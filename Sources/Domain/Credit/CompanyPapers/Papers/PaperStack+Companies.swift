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
        var companies: [CompanyFacts] = []
        var places: [SIREN?: Int] = [:]
        let lone = loneCompany
        func place(_ siren: SIREN?) -> Int {
            let siren = siren ?? lone
            if let known = places[siren] { return known }
            places[siren] = companies.count
            companies.append(CompanyFacts(siren: siren))
            return companies.count - 1
        }
        for statement in statements {
            companies[place(statement.siren)].statements.append(statement)
        }
        for year in comparatives { companies[place(year.siren)].comparatives.append(year) }
        for filing in filings {
            companies[place(filing.siren)].filings.append(
                AccountsFiling(
                    closing: filing.closing,
                    filed: filing.filed,
                    isOfLiquidation: filing.isOfLiquidation,
                    source: filing.source
                )
            )
        }
        for event in events { companies[place(event.siren)].events.append(event) }
        for entry in registerEntries {
            companies[place(entry.siren)].registerEntries.append(entry)
            if let name = entry.name { companies[place(entry.siren)].name = name }
        }
        for book in books {
            companies[place(book.siren)].owed += book.supplierInvoices
            companies[place(book.siren)].receivable += book.customerInvoices
        }
        for (seller, ledger) in sellerLedgers(asOf: asOf) {
            companies[place(seller)].receivable += ledger.invoices
            for invoice in ledger.invoices {
                guard ledger.parties.indices.contains(Int(invoice.party)) else { continue }
                let party = ledger.parties[Int(invoice.party)]
                guard let siren = party.siren else { continue }
                companies[place(siren)].owed.append(invoice)
                if companies[place(siren)].name == nil { companies[place(siren)].name = party.name }
            }
        }
        addCorrections(to: &companies)
        return companies
    }

    /// A correction names a notice, not a company; each company takes those of its own notices.
    private func addCorrections(to companies: inout [CompanyFacts]) {
        var byNotice: [String: [NoticeCorrection]] = [:]
        for correction in corrections {
            byNotice[correction.corrected, default: []].append(correction)
        }
        guard !byNotice.isEmpty else { return }
        for place in companies.indices {
            let notices = Set(companies[place].events.map(\.notice))
            for notice in notices { companies[place].corrections += byNotice[notice] ?? [] }
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
