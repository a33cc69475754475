// SPDX-License-Identifier: Apache-2.0

// What is said of rules and alerts that cannot be had as asked.

internal import Alerts
internal import ServiceErrors

extension ServiceError {
    /// The portfolio has no such rule.
    static func unknownRule(_ name: String) -> ServiceError {
        let shown = name.shownInMessages
        return ServiceError(
            .notFound,
            "UNKNOWN_RULE",
            "The portfolio has no rule \"\(shown)\"; ListRules tells those that it has.",
            metadata: ["rule": shown],
            detail: .resource(type: "vigie.v1.AlertRule", name: shown)
        )
    }

    /// The portfolio does not have the company.
    static func unknownCompany(_ name: String) -> ServiceError {
        let shown = name.shownInMessages
        return ServiceError(
            .notFound,
            "UNKNOWN_COMPANY",
            "The portfolio does not have \(shown); ListCompanies tells those that it has.",
            metadata: ["company": shown],
            detail: .resource(type: "vigie.v1.FollowedCompany", name: shown)
        )
    }

    /// A rule looks at companies and none is named, or at the portfolio and one is.
    static func otherSubject(_ rule: AlertRule) -> ServiceError {
        .invalid(
            "company",
            "OTHER_SUBJECT",
            rule.kind.isOfPortfolio
                ? "\(rule.kind.rawValue) looks at the portfolio itself; name no company."
                : "\(rule.kind.rawValue) looks at companies; name one."
        )
    }

    /// Nothing was scored yet.
    static var noRun: ServiceError {
        ServiceError(
            .failedPrecondition,
            "NO_RUN",
            "No run has scored the portfolio yet; come again when one has ended."
        )
    }

    /// The past of a portfolio as a whole is not kept.
    static func ruleOfPortfolio(_ rule: AlertRule) -> ServiceError {
        ServiceError(
            .failedPrecondition,
            "RULE_OF_PORTFOLIO",
            "\(rule.kind.rawValue) looks at the portfolio itself, whose past cannot be tried; keep "
                + "the rule, and end it if it tells too much."
        )
    }

    /// A rule looks at what no portfolio has.
    static func quantityUnknown(_ rule: AlertRule) -> ServiceError {
        .invalid(
            "rule",
            "ALERT_RULE_INVALID",
            "Rule \"\(rule.name.shownInMessages)\" looks at covers, which portfolios do not have "
                + "yet: it would never tell anything."
        )
    }

    /// Whoever asked has gone.
    static let trialOfNobody = ServiceError(
        .deadlineExceeded,
        "CALL_ENDED",
        "Whoever asked waits no more."
    )
}
