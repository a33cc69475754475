// SPDX-License-Identifier: Apache-2.0

// One paper of those that were given, and what became of it.

package import CreditFacts
package import Quantities

/// A paper that was given.
package struct CompanyPaper: Sendable {
    /// Why nothing could be read out of a paper.
    package struct Failure: Sendable, Equatable {
        /// What is wrong, without a full stop.
        package var message: String
        /// What to do next, without a full stop; nil where nothing can be said.
        package var hint: String?
    }

    /// Its name, for people: a path.
    package let name: String
    /// The last part of its name, for what leaves the machine: where it lay concerns nobody else.
    package var shortName: String { String(name.split(separator: "/").last ?? Substring(name)) }
    /// What it is; nil where that was not found out.
    package var kind: PaperKind?
    /// How many records it has, and how many of them were set aside.
    package var counts = RecordCounts()
    /// What was noticed.
    package var findings: Findings
    /// Why nothing could be read; nil where something was.
    package var failure: Failure?

    /// A paper of which nothing is known yet.
    init(name: String, findingsPerCodeMax: Int) {
        self.name = name
        findings = Findings(keptPerCodeMax: findingsPerCodeMax)
    }
}

/// A book of entries, or a list of open invoices: whose it is, and the invoices of both sides.
package struct CompanyBook: Sendable {
    /// Which paper it is.
    package let paper: Int32
    /// Whose book it is, from the name of the file: nothing inside says so. Nil where it does not.
    package var siren: SIREN?
    /// The day on which its year ends, from the name of the file, else the last one that was
    /// booked; nil for an empty book.
    package var closing: CalendarDate?
    /// Sums of its accounts, its customers and suppliers, credits that belong to no invoice.
    package var summary: JournalSummary
    /// What customers owe or owed.
    package var customerInvoices: [LedgerInvoice] = []
    /// What is or was owed to suppliers.
    package var supplierInvoices: [LedgerInvoice] = []
}
