// SPDX-License-Identifier: Apache-2.0

// Who sees a portfolio, and who may change it: whoever made it, roles that it is shared with, and
// whoever operates the server.

/// What somebody may do with a portfolio.
package enum PortfolioAccess: String, Sendable, CaseIterable {
    /// See it and its companies.
    case read
    /// Change it, too.
    case write
}

/// Somebody who looks at portfolios.
package struct PortfolioViewer: Sendable, Hashable {
    /// Who he is; nil for nobody in particular.
    package let identity: String?
    /// The roles that he has.
    package let roles: [String]
    /// Whether he may do everything, because he operates the server or callers are not told apart.
    package let isOperator: Bool

    /// Makes a viewer.
    package init(identity: String?, roles: [String], isOperator: Bool) {
        self.identity = identity.flatMap { $0.isEmpty ? nil : $0 }
        self.roles = roles
        self.isOperator = isOperator
    }

    /// Whoever calls where callers are not told apart.
    package static let everybody = PortfolioViewer(identity: nil, roles: [], isOperator: true)

    /// What he may do with a portfolio; nil for nothing: then it does not exist for him.
    ///
    /// - Parameters:
    ///   - creator: Who made it.
    ///   - shares: What each role may do with it.
    package func access(
        to creator: String,
        _ shares: [String: PortfolioAccess]
    ) -> PortfolioAccess? {
        if isOperator || identity == creator { return .write }
        let granted = roles.compactMap { shares[$0] }
        return granted.contains(.write) ? .write : granted.first
    }
}
