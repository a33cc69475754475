// SPDX-License-Identifier: Apache-2.0

// Policies of a server that take many messages: simulated, and brought away.

internal import GRPCTransport
internal import NIOCore
internal import ProtobufCoding
internal import VigieLimits
internal import VigieProtos

extension ScoringClient {
    /// Decides on the companies of a portfolio by two policies of the server, and tells who is
    /// decided otherwise. Cancelling the task ends the work on the server.
    ///
    /// - Parameters:
    ///   - before: The policy as it is: `name@version` or `name`.
    ///   - after: The policy as it is to be.
    ///   - blocks: The companies, in constant memory.
    ///   - options: Columns, day, deadline and headers.
    /// - Returns: What comes out; the same each time for the same companies and policies.
    /// - Throws: ``VigieError`` with what no policy takes and where it stands,
    ///   `CancellationError` when the task was cancelled, or what the blocks threw.
    public func simulatePolicies<Blocks: AsyncSequence>(
        before: String,
        after: String,
        blocks: Blocks,
        options: SimulationOptions
    ) async throws -> PolicySimulationReport where Blocks.Element == PortfolioBlock {
        var context = try context(nil, options.metadata)
        context.deadline = options.timeout.map { .after($0) } ?? .distantFuture
        let header = Vigie_V1_SimulatePoliciesRequest.with {
            $0.header.before = before
            $0.header.after = after
            $0.header.asOfDate = options.asOf?.description ?? ""
            $0.header.factColumns = options.numberColumns
            $0.header.factTextColumns = options.textColumns
            $0.header.changeCount = UInt32(clamping: options.changeCount)
        }
        let response: Vigie_V1_SimulatePoliciesResponse = try await streamed(
            "\(Self.policies)/SimulatePolicies",
            context,
            header,
            isRepeatable: false
        ) { send in
            for try await block in blocks {
                try await send(.with { $0.companies = .init(block) })
            }
        }
        return PolicySimulationReport(response.simulation)
    }

    /// Brings the files of a version away, as ``uploadPolicy(_:onlyChecks:options:)`` takes them.
    ///
    /// - Parameters:
    ///   - policy: `name@version`, or `name`.
    ///   - options: Deadline and headers; a minute unless they say otherwise.
    /// - Returns: The version, and path and bytes of each of its files.
    /// - Throws: ``VigieError`` with ``VigieError/Code/notFound`` for an unknown policy, or
    ///   `CancellationError` when the task was cancelled.
    public func downloadPolicy(
        _ policy: String,
        options: CallOptions = .default
    ) async throws -> (policy: PolicySummary, files: [(path: String, bytes: [UInt8])]) {
        let context = try context(
            options.timeout ?? .seconds(ClientLimits.policySeconds),
            options.metadata
        )
        let path = "\(Self.policies)/DownloadPolicy"
        let request = Vigie_V1_DownloadPolicyRequest.with { $0.policy = policy }
        return try await answers(to: request, path, context, deadline: context.deadline) {
            try await Self.files(of: $0)
        }
    }

    private static func files(
        of stream: ClientStream
    ) async throws -> (policy: PolicySummary, files: [(path: String, bytes: [UInt8])]) {
        var version: PolicySummary?
        var files: [(path: String, bytes: [UInt8])] = []
        var byteCount = 0
        while let bytes = try await stream.next() {
            byteCount += bytes.readableBytes
            guard
                let response = try? Vigie_V1_DownloadPolicyResponse(
                    serializedBytes: Array(bytes.readableBytesView)
                ), byteCount <= 2 * PolicyLimits.bytes
            else { throw VigieError.badResponse("It cannot be read.") }
            switch response.message {
            case .policy(let policy)?: version = PolicySummary(policy)
            case .part(let part)?:
                if part.offsetBytes == 0 { files.append((part.path, [])) }
                guard let last = files.indices.last, files[last].path == part.path,
                    files[last].bytes.count == Int(clamping: part.offsetBytes)
                else { throw VigieError.badResponse("Its parts are out of order.") }
                files[last].bytes += part.content
            case nil: throw VigieError.badResponse("It cannot be read.")
            }
        }
        guard let version else { throw VigieError.badResponse("It has no version.") }
        return (version, files)
    }
}

extension Vigie_V1_SimulatedCompanies {
    init(_ block: PortfolioBlock) {
        self.init()
        rowCount = UInt32(clamping: block.companyCount)
        facts.values = Array(block.numbers.joined())
        facts.textColumns = block.texts.map { column in
            .with {
                $0.dictionary = column.dictionary.map { Array($0.utf8) }
                $0.codes = column.codes
            }
        }
        names = block.names
        lines = block.lines.map { UInt32(clamping: $0) }
    }
}
