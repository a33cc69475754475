// SPDX-License-Identifier: Apache-2.0

// Rules and alerts of portfolios at a server.

internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Keeps a rule of a portfolio, or the next version of one.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Returns: The rule with all that holds because nothing was said.
    /// - Throws: ``VigieError`` with what is wrong with which field, or `CancellationError` when
    ///   the task was cancelled.
    @discardableResult
    public func putAlertRule(
        _ rule: AlertRule,
        of portfolio: String,
        options: CallOptions = .default
    ) async throws -> AlertRule {
        let response: Vigie_V1_PutRuleResponse = try await alertCall(
            "PutRule",
            Vigie_V1_PutRuleRequest.with { ($0.portfolio, $0.rule) = (portfolio, .init(rule)) },
            options
        )
        return AlertRule(response.rule)
    }

    /// Keeps the standard rules that a portfolio does not have yet.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - language: The language of their names: `en` or `fr`.
    ///   - options: Deadline and headers.
    /// - Returns: Those that it did not have.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func putStandardAlertRules(
        of portfolio: String,
        language: String = "en",
        options: CallOptions = .default
    ) async throws -> [AlertRule] {
        let response: Vigie_V1_PutStandardRulesResponse = try await alertCall(
            "PutStandardRules",
            Vigie_V1_PutStandardRulesRequest.with {
                ($0.portfolio, $0.language) = (portfolio, language)
            },
            options
        )
        return response.rules.map { AlertRule($0) }
    }

    /// Lists the rules of a portfolio, by name.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - language: The language of titles: `en` or `fr`.
    ///   - options: Deadline and headers.
    /// - Returns: The rules.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listAlertRules(
        of portfolio: String,
        language: String = "en",
        options: CallOptions = .default
    ) async throws -> [AlertRule] {
        let response: Vigie_V1_ListRulesResponse = try await alertCall(
            "ListRules",
            Vigie_V1_ListRulesRequest.with { ($0.portfolio, $0.language) = (portfolio, language) },
            options
        )
        return response.rules.map { AlertRule($0) }
    }

    /// Ends a rule of a portfolio. Its open alerts are over.
    ///
    /// - Parameters:
    ///   - rule: The name of the rule.
    ///   - portfolio: The name of the portfolio.
    ///   - options: Deadline and headers.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func deleteAlertRule(
        _ rule: String,
        of portfolio: String,
        options: CallOptions = .default
    ) async throws {
        let _: Vigie_V1_DeleteRuleResponse = try await alertCall(
            "DeleteRule",
            Vigie_V1_DeleteRuleRequest.with { ($0.portfolio, $0.rule) = (portfolio, rule) },
            options
        )
    }

    /// Tries a rule on the past of a portfolio; nothing is kept.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - portfolio: The name of the portfolio.
    ///   - from: The first day; `nil` for 90 days before the last.
    ///   - through: The last day; `nil` for today.
    ///   - language: The language of texts: `en` or `fr`.
    ///   - options: Deadline and headers.
    /// - Returns: What it would have told.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func tryAlertRule(
        _ rule: AlertRule,
        on portfolio: String,
        from: Day? = nil,
        through: Day? = nil,
        language: String = "en",
        options: CallOptions = .default
    ) async throws -> RuleTrial {
        let response: Vigie_V1_TryRuleResponse = try await alertCall(
            "TryRule",
            Vigie_V1_TryRuleRequest.with {
                ($0.portfolio, $0.rule, $0.language) = (portfolio, .init(rule), language)
                $0.fromDay = from?.description ?? ""
                $0.throughDay = through?.description ?? ""
            },
            options
        )
        return RuleTrial(response)
    }

    /// Lists alerts of a portfolio, the newest first, a page at a time.
    ///
    /// - Parameters:
    ///   - portfolio: The name of the portfolio.
    ///   - state: How far they are.
    ///   - company: Only of one company.
    ///   - pageSize: Most alerts of the page, up to 1,000.
    ///   - pageToken: The token that the page before gave; empty for the first.
    ///   - options: Deadline and headers.
    /// - Returns: The alerts, and the token of the next page, which is empty behind the last.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listAlerts(
        of portfolio: String,
        _ state: Alert.State = .open,
        company: CompanyIdentifier? = nil,
        pageSize: Int = 1_000,
        pageToken: String = "",
        options: CallOptions = .default
    ) async throws -> (alerts: [Alert], nextPageToken: String) {
        let response: Vigie_V1_ListAlertsResponse = try await alertCall(
            "ListAlerts",
            Vigie_V1_ListAlertsRequest.with {
                ($0.portfolio, $0.state) = (portfolio, .init(state))
                if let company { $0.company = .init(company) }
                ($0.pageSize, $0.pageToken) = (Int32(clamping: pageSize), pageToken)
            },
            options
        )
        return (response.alerts.map { Alert($0) }, response.nextPageToken)
    }

    /// Does something with alerts of a portfolio.
    ///
    /// - Parameters:
    ///   - action: What is done.
    ///   - alerts: Their numbers: 1 to 1,000, each once.
    ///   - portfolio: The name of the portfolio.
    ///   - note: What is written beside it.
    ///   - options: Deadline and headers.
    /// - Returns: What became of it.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    @discardableResult
    public func act(
        _ action: AlertAction,
        onAlerts alerts: [Int],
        of portfolio: String,
        note: String = "",
        options: CallOptions = .default
    ) async throws -> HandledAlerts {
        let response: Vigie_V1_ActOnAlertsResponse = try await alertCall(
            "ActOnAlerts",
            Vigie_V1_ActOnAlertsRequest.with {
                ($0.portfolio, $0.note) = (portfolio, note)
                $0.alerts = alerts.map { Int64($0) }
                $0.set(action)
            },
            options
        )
        return HandledAlerts(
            done: response.alerts.map { Alert($0) },
            refused: response.refusals.map {
                .init(alert: Int(clamping: $0.alert), reason: $0.reason, message: $0.message)
            }
        )
    }

    /// Tells why there is an alert, or why there is none.
    ///
    /// - Parameters:
    ///   - rule: The name of the rule.
    ///   - company: The company; `nil` for a rule of the portfolio itself.
    ///   - portfolio: The name of the portfolio.
    ///   - language: The language of the sentences: `en` or `fr`.
    ///   - options: Deadline and headers.
    /// - Returns: Why.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func explainAlert(
        _ rule: String,
        _ company: CompanyIdentifier?,
        of portfolio: String,
        language: String = "en",
        options: CallOptions = .default
    ) async throws -> AlertExplanation {
        let response: Vigie_V1_ExplainAlertResponse = try await alertCall(
            "ExplainAlert",
            Vigie_V1_ExplainAlertRequest.with {
                ($0.portfolio, $0.rule, $0.language) = (portfolio, rule, language)
                if let company { $0.company = .init(company) }
            },
            options
        )
        return AlertExplanation(response)
    }

    static let alertService = "/vigie.v1.AlertService"

    private func alertCall<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ method: String,
        _ request: Request,
        _ options: CallOptions
    ) async throws -> Response {
        try await call(
            "\(Self.alertService)/\(method)",
            request,
            context(options.timeout, options.metadata)
        )
    }
}
