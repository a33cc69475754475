// SPDX-License-Identifier: Apache-2.0

// The policies of a server: which there are, what a look at them finds, and how one comes to hold.

internal import GRPCTransport
internal import NIOCore
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
        let context = try context(options.timeout, options.metadata)
        var policies: [PolicySummary] = []
        var request = Vigie_V1_ListPoliciesRequest()
        for _ in 0..<ClientLimits.listedModels {
            let page: Vigie_V1_ListPoliciesResponse = try await call(
                "\(Self.policies)/ListPolicies",
                request,
                context
            )
            policies += page.policies.map(PolicySummary.init)
            request.pageToken = page.nextPageToken
            if policies.count > ClientLimits.listedModels { break }
            if request.pageToken.isEmpty { return policies }
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
        let path = "\(Self.policies)/UploadPolicy"
        let answer = try await executor.run(path, context) { connection, metadata in
            let stream = executor.stream(
                on: connection,
                path: path,
                metadata: metadata,
                deadline: context.deadline
            )
            do {
                var request = Vigie_V1_UploadPolicyRequest()
                request.header.checkOnly = onlyChecks
                try await stream.send(ByteBuffer(bytes: request.serializedBytes()))
                for file in files { try await Self.send(file.path, file.bytes, to: stream) }
                stream.finishSending()
                return try await stream.next()
            } catch {
                stream.cancel()
                throw error
            }
        }
        guard let answer,
            let response = try? Vigie_V1_UploadPolicyResponse(
                serializedBytes: Array(answer.readableBytesView)
            )
        else { throw VigieError.badResponse("It cannot be read.") }
        return (PolicySummary(response.policy), PolicyCheck(response.check))
    }

    private static func send(
        _ path: String,
        _ bytes: [UInt8],
        to stream: ClientStream
    ) async throws {
        var start = 0
        repeat {
            let end = min(start + ClientLimits.paperPartBytes, bytes.count)
            var request = Vigie_V1_UploadPolicyRequest()
            request.part.path = path
            request.part.offsetBytes = UInt64(start)
            request.part.content = Array(bytes[start..<end])
            try await stream.send(ByteBuffer(bytes: request.serializedBytes()))
            start = end
        } while start < bytes.count
    }

    static let policies = "/vigie.v1.PolicyService"
}
