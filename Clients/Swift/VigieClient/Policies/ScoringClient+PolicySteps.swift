// SPDX-License-Identifier: Apache-2.0

// How a version of a policy comes to hold, and the ways back. Who calls is who does it: two
// identities are needed for a version to hold.

internal import ProtobufCoding
internal import VigieProtos

extension ScoringClient {
    /// Asks for a version to hold: the first of two persons.
    ///
    /// - Parameters:
    ///   - policy: `name@version`.
    ///   - from: The first day; `nil` for today, or the policy's first day if that is later.
    ///   - contentHash: The content that it has; `nil` for whatever it is.
    ///   - options: Deadline and headers.
    /// - Returns: Where the version stands.
    /// - Throws: ``VigieError`` with ``VigieError/Code/failedPrecondition`` and all that keeps it
    ///   from holding, or `CancellationError` when the task was cancelled.
    public func activatePolicy(
        _ policy: String,
        from: Day? = nil,
        contentHash: String? = nil,
        options: CallOptions = .default
    ) async throws -> PolicySummary {
        var request = Vigie_V1_ActivatePolicyRequest()
        request.policy = policy
        request.contentHash = contentHash ?? ""
        request.fromDate = from?.description ?? ""
        let response: Vigie_V1_ActivatePolicyResponse = try await step(
            "ActivatePolicy",
            request,
            options
        )
        return PolicySummary(response.policy)
    }

    /// Agrees that a version holds, for which another person has asked.
    ///
    /// - Parameters:
    ///   - policy: `name@version`.
    ///   - contentHash: The content that it has; `nil` for whatever it is.
    ///   - options: Deadline and headers.
    /// - Returns: Where the version stands.
    /// - Throws: ``VigieError`` with ``VigieError/Code/failedPrecondition`` when another person has
    ///   to, or `CancellationError` when the task was cancelled.
    public func approvePolicy(
        _ policy: String,
        contentHash: String? = nil,
        options: CallOptions = .default
    ) async throws -> PolicySummary {
        var request = Vigie_V1_ApprovePolicyRequest()
        request.policy = policy
        request.contentHash = contentHash ?? ""
        let response: Vigie_V1_ApprovePolicyResponse = try await step(
            "ApprovePolicy",
            request,
            options
        )
        return PolicySummary(response.policy)
    }

    /// Takes back what somebody has asked for, or what two have agreed to and has not begun.
    ///
    /// - Parameters:
    ///   - policy: `name@version`.
    ///   - reason: Why.
    ///   - options: Deadline and headers.
    /// - Returns: Where the version stands.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func withdrawPolicy(
        _ policy: String,
        reason: String,
        options: CallOptions = .default
    ) async throws -> PolicySummary {
        var request = Vigie_V1_WithdrawPolicyRequest()
        (request.policy, request.reason) = (policy, reason)
        let response: Vigie_V1_WithdrawPolicyResponse = try await step(
            "WithdrawPolicy",
            request,
            options
        )
        return PolicySummary(response.policy)
    }

    /// Goes back, from today on, to the last version before that nobody has gone back from or
    /// stopped since two agreed to it.
    ///
    /// - Parameters:
    ///   - name: The name of the policy, without a version.
    ///   - reason: Why.
    ///   - options: Deadline and headers.
    /// - Returns: The version that holds now.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func rollBackPolicy(
        _ name: String,
        reason: String,
        options: CallOptions = .default
    ) async throws -> PolicySummary {
        var request = Vigie_V1_RollBackPolicyRequest()
        (request.name, request.reason) = (name, reason)
        let response: Vigie_V1_RollBackPolicyResponse = try await step(
            "RollBackPolicy",
            request,
            options
        )
        return PolicySummary(response.policy)
    }

    /// Stops a policy at once: nothing is decided by it until two persons activate a version again.
    ///
    /// - Parameters:
    ///   - name: The name of the policy, without a version.
    ///   - reason: Why.
    ///   - options: Deadline and headers.
    /// - Returns: What was done with the policy, in order.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func stopPolicy(
        _ name: String,
        reason: String,
        options: CallOptions = .default
    ) async throws -> [PolicyEvent] {
        var request = Vigie_V1_StopPolicyRequest()
        (request.name, request.reason) = (name, reason)
        let response: Vigie_V1_StopPolicyResponse = try await step(
            "StopPolicy",
            request,
            options
        )
        return response.records.map(PolicyEvent.init)
    }

    private func step<Request: ProtobufMessage, Response: ProtobufMessage>(
        _ method: String,
        _ request: Request,
        _ options: CallOptions
    ) async throws -> Response {
        try await call(
            "\(Self.policies)/\(method)",
            request,
            context(options.timeout, options.metadata)
        )
    }
}
