// SPDX-License-Identifier: Apache-2.0

// What is said of portfolios that cannot be had as asked.

internal import PortfolioStore
internal import ServiceErrors
internal import VigieLimits

extension ServiceError {
    /// No portfolio of that name, as far as whoever asks sees.
    static func unknownPortfolio(_ name: String) -> ServiceError {
        let shown = name.shownInMessages
        return ServiceError(
            .notFound,
            "UNKNOWN_PORTFOLIO",
            "There is no portfolio \"\(shown)\" that you may see; ListPortfolios tells those.",
            metadata: ["portfolio": shown],
            detail: .resource(type: "vigie.v1.Portfolio", name: shown)
        )
    }

    /// Another portfolio has the name, whether or not whoever asks sees it.
    static func portfolioExists(_ name: String) -> ServiceError {
        ServiceError(
            .alreadyExists,
            "PORTFOLIO_EXISTS",
            "There is a portfolio \"\(name.shownInMessages)\" already; choose another name.",
            metadata: ["portfolio": name.shownInMessages]
        )
    }

    /// Whoever asks may see the portfolio, and not change it.
    static func readOnlyPortfolio(_ name: String) -> ServiceError {
        ServiceError(
            .permissionDenied,
            "READ_ONLY_PORTFOLIO",
            "You may see the portfolio \"\(name.shownInMessages)\" and not change it; whoever made "
                + "it can share it with one of your roles for that.",
            metadata: ["portfolio": name.shownInMessages]
        )
    }

    /// A portfolio of somebody who is not known would be nobody's.
    static var portfolioOfNobody: ServiceError {
        ServiceError(
            .failedPrecondition,
            "IDENTITY_NEEDED",
            "Who calls is not known, and the portfolio would be nobody's; show a token, a "
                + "certificate or a JWT."
        )
    }

    /// A portfolio has another number of companies than whoever ends it says.
    static func otherCount(_ count: Int, _ told: Int) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "OTHER_COUNT",
            "The portfolio has \(count) companies, and company_count says "
                + "\(told); say the number that it has, to end it with all of them.",
            metadata: ["company_count": "\(count)"]
        )
    }

    /// A portfolio is shared with as many roles as may be.
    static var tooManyShares: ServiceError {
        .overLimit(
            "share.role",
            "viewerRoles",
            "The portfolio is shared with too many roles.",
            value: StoreLimits.viewerRoles + 1,
            maximum: StoreLimits.viewerRoles,
            code: .resourceExhausted
        )
    }

    /// What is about all portfolios is for whoever operates the server.
    static var operatorNeeded: ServiceError {
        ServiceError(
            .permissionDenied,
            "OPERATOR_NEEDED",
            "Runs of all portfolios are for whoever operates the server (the role operate); name "
                + "one portfolio."
        )
    }

    /// No run of that number, as far as whoever asks sees.
    static func unknownRun(_ number: Int) -> ServiceError {
        ServiceError(
            .notFound,
            "UNKNOWN_RUN",
            "There is no run \(number) that you may see; ListRuns tells those.",
            metadata: ["run": "\(number)"]
        )
    }

    /// As many runs wait as may.
    static var tooManyRuns: ServiceError {
        .overLimit(
            "portfolio",
            "openRunsMax",
            "Too many runs wait; ask again when some are done.",
            value: RescoringLimits.openRunsMax + 1,
            maximum: RescoringLimits.openRunsMax,
            code: .resourceExhausted
        )
    }
}
