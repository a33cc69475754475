// SPDX-License-Identifier: Apache-2.0

// What a user knows of a company that he follows.

package import Quantities

/// A company in a portfolio, as the user gives it.
package struct PortfolioLine: Sendable, Hashable {
    /// What a user may know of a company, beside who it is and its name.
    package enum Field: Sendable, CaseIterable {
        /// His own number for it.
        case reference
        /// The limit that he grants it.
        case limit
        /// What it owes.
        case exposure
    }

    /// Who it is.
    package var identity: CompanyIdentity
    /// Its name; empty when the user gives none.
    package var name: String
    /// The user's own number for it, such as that of the customer's account; empty for none.
    package var reference: String
    /// The limit that the user grants it.
    package var limit: Money?
    /// What it owes.
    package var exposure: Money?
    /// What kind of company it is, as far as the user says.
    package var traits = CompanyTraits()

    /// Makes a line.
    package init(
        _ identity: CompanyIdentity,
        name: String = "",
        reference: String = "",
        limit: Money? = nil,
        exposure: Money? = nil
    ) {
        self.identity = identity
        self.name = name
        self.reference = reference
        self.limit = limit
        self.exposure = exposure
    }
}

/// What an import does with companies that are in the portfolio and not in the file.
package enum ImportMode: String, Sendable, CaseIterable {
    /// They stay.
    case add
    /// They leave the portfolio: the file is the whole of it.
    case synchronise
}

/// What an import changed, or would change.
package struct ImportSummary: Sendable, Equatable {
    /// Companies that the store did not know.
    package var newCompanies = 0
    /// Companies that came into the portfolio.
    package var added = 0
    /// Companies of the portfolio of which something was another.
    package var changed = 0
    /// Companies of the portfolio that were as the file says.
    package var unchanged = 0
    /// Companies that left the portfolio.
    package var removed = 0

    /// Makes a summary.
    package init(
        newCompanies: Int = 0,
        added: Int = 0,
        changed: Int = 0,
        unchanged: Int = 0,
        removed: Int = 0
    ) {
        self.newCompanies = newCompanies
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        self.removed = removed
    }
}
