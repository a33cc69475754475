// SPDX-License-Identifier: Apache-2.0

// The policies of a server: which there are, what a look at them finds, and how one comes to hold.

internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Lists all versions of the server's policies, by name, the newest of each first.
    ///
    /// - Parameter options: Deadline and headers.
    /// - Returns: The versions.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listPolicies(options: CallOptions = .default) async throws -> [PolicySummary] {
        try await listPoliciesAndProblems(options: options).policies
    }

    /// Lists all versions of the server's policies, and what is wrong with those that it cannot
    /// use.
    ///
    /// - Parameter options: Deadline and headers.
    /// - Returns: The versions, as ``listPolicies(options:)`` gives them; what is wrong, a sentence
    ///   each.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func listPoliciesAndProblems(
        options: CallOptions = .default
    ) async throws -> (policies: [PolicySummary], problems: [String]) {
        let context = try context(options.timeout, options.metadata)
        var policies: [PolicySummary] = []
        var problems: [String] = []
        var request = Vigie_V1_ListPoliciesRequest()
        for _ in 0..<ClientLimits.listedModels {
            let page: Vigie_V1_ListPoliciesResponse = try await call(
                "\(Self.policies)/ListPolicies",
                request,
                context
            )
            policies += page.policies.map(PolicySummary.init)
            problems += page.problems
            request.pageToken = page.nextPageToken
            if policies.count > ClientLimits.listedModels { break }
            if request.pageToken.isEmpty { return (policies, problems) }
        }
        throw VigieError.badResponse("It lists policies without end.")
    }

    /// Describes a version of a policy, with what was done with the policy.
    ///
    /// - Parameters:
    ///   - policy: `name@version`; `name` for the version that holds today, or else the newest.
    ///   - options: Deadline and headers.
    /// - Returns: The description.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for an unknown policy, or
    ///   `CancellationError` when the task was cancelled.
    public func describePolicy(
        _ policy: String,
        options: CallOptions = .default
    ) async throws -> PolicyDescription {
        var request = Vigie_V1_DescribePolicyRequest()
        request.policy = policy
        let response: Vigie_V1_DescribePolicyResponse = try await call(
            "\(Self.policies)/DescribePolicy",
            request,
            context(options.timeout, options.metadata)
        )
        return PolicyDescription(response.policy)
    }

    /// Runs the tests of a version, and looks at its rules.
    ///
    /// - Parameters:
    ///   - policy: `name@version`, or `name`.
    ///   - options: Deadline and headers; a minute unless they say otherwise.
    /// - Returns: What was found.
    /// - Throws: ``VigieError``, or `CancellationError` when the task was cancelled.
    public func checkPolicy(
        _ policy: String,
        options: CallOptions = .default
    ) async throws -> PolicyCheck {
        var request = Vigie_V1_CheckPolicyRequest()
        request.policy = policy
        let response: Vigie_V1_CheckPolicyResponse = try await call(
            "\(Self.policies)/CheckPolicy",
            request,
            context(options.timeout ?? .seconds(ClientLimits.policySeconds), options.metadata)
        )
        return PolicyCheck(response.check)
    }

    /// Puts a version on the server's shelf, as a draft: whole or not at all.
    ///
    /// - Parameters:
    ///   - files: Path within the policy and bytes of each file.
    ///   - onlyChecks: Whether nothing is kept.
    ///   - options: Deadline and headers; a minute unless they say otherwise.
    /// - Returns: The version, and what a look at it has found.
    /// - Throws: ``VigieError``, with all that is wrong with the files, or `CancellationError` when
    ///   the task was cancelled.
    public func uploadPolicy(
        _ files: [(path: String, bytes: [UInt8])],
        onlyChecks: Bool = false,
        options: CallOptions = .default
    ) async throws -> (policy: PolicySummary, check: PolicyCheck) {
        let context = try context(
            options.timeout ?? .seconds(ClientLimits.policySeconds),
            options.metadata
        )
        let response: Vigie_V1_UploadPolicyResponse = try await streamed(
            "\(Self.policies)/UploadPolicy",
            context,
            Vigie_V1_UploadPolicyRequest.with { $0.header.checkOnly = onlyChecks }
        ) { send in
            for file in files {
                try await file.bytes.parts(of: ClientLimits.paperPartBytes) { start, bytes in
                    try await send(
                        .with {
                            $0.part.path = file.path
                            $0.part.offsetBytes = UInt64(start)
                            $0.part.content = bytes
                        }
                    )
                }
            }
        }
        return (PolicySummary(response.policy), PolicyCheck(response.check))
    }

    static let policies = "/vigie.v1.PolicyService"
}
