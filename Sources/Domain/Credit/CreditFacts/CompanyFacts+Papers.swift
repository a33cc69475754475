// SPDX-License-Identifier: Apache-2.0

// Which papers a company's facts stand in.

extension CompanyFacts {
    /// The numbers of the papers, in their order.
    package var papers: [Int32] {
        var numbers: Set<Int32> = []
        for statement in statements { numbers.insert(statement.source.paper) }
        for statement in comparatives { numbers.insert(statement.source.paper) }
        for filing in filings { numbers.insert(filing.source.paper) }
        for event in events { numbers.insert(event.source.paper) }
        for entry in registerEntries { numbers.insert(entry.source.paper) }
        for invoice in owed { numbers.insert(invoice.source.paper) }
        for invoice in receivable { numbers.insert(invoice.source.paper) }
        for credit in unallocated { numbers.insert(credit.source.paper) }
        for credit in receivableCredits { numbers.insert(credit.source.paper) }
        return numbers.sorted()
    }

    /// The records that its statements, filings and events stand in.
    package var records: Set<PaperReference> {
        Set(
            statements.map(\.source) + comparatives.map(\.source) + filings.map(\.source)
                + events.map(\.source)
        )
    }
}
