// SPDX-License-Identifier: Apache-2.0

// A policy in a directory, on the shelf that this directory stands on.

internal import CommandFiles
internal import CreditPolicy
internal import Documents
internal import FoundationEssentials
internal import Policies
internal import ServiceErrors
internal import VigieApplication
internal import VigieLimits

/// A version of a policy on disk, and the shelf around it.
struct ShelfTarget {
    let shelf: PolicyShelf
    let policy: Policy

    /// Takes the directory of a policy; what is beside it is the shelf.
    init(_ path: String) throws(CommandFailure) {
        try Self.checkIsNoShelf(path)
        // All that is wrong with it first: of the shelf only the first problem would be told.
        policy = try PolicyBundles.policy(path)
        let above = URL(filePath: path).standardizedFileURL.deletingLastPathComponent().path
        let reference = policy.reference
        let shelf = try Self.reporting { () throws(ServiceError) in
            try PolicyShelf(directory: above)
        }
        guard let found = try? shelf.policy(toReview: reference),
            found.contentHash == policy.contentHash
        else {
            let words = shelf.problems.first { $0.contains(reference) }
            throw CommandFailure(
                .badInput,
                escaped(words ?? "\(reference) cannot be told from what is beside it"),
                hint: "give each version its own \"version\" in \(PolicyManifest.fileName)"
            )
        }
        self.shelf = shelf
    }

    /// Refuses a directory of policies where one of them is meant.
    private static func checkIsNoShelf(_ path: String) throws(CommandFailure) {
        let isPolicy = { (place: String) in
            FileManager.default.fileExists(atPath: "\(place)/\(PolicyManifest.fileName)")
        }
        guard !isPolicy(path) else { return }
        // What is watched of a shelf are files and directories, the policies among them.
        let places = (try? PolicyShelf(directory: path))?.watchedPaths ?? []
        let policies = Set(places.filter(isPolicy).map { URL(filePath: $0).lastPathComponent })
        guard !policies.isEmpty else { return }
        let shown = policies.sorted().prefix(PolicyLimits.shownObstacles).joined(separator: ", ")
        throw CommandFailure(
            .usage,
            escaped("\(path) is a directory of policies"),
            hint: escaped("name one of them: \(shown)")
        )
    }

    /// Does something with a shelf; what it refuses is a failure of the command.
    static func reporting<Value>(
        _ body: () throws(ServiceError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(ServiceError) {
            return try body()
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandStatus {
    /// What the shell is told when a policy cannot be used or changed for this reason, by a
    /// directory and by a server alike; nil for what has no code of its own.
    init?(policyReason: String?) {
        switch policyReason {
        case "SECOND_PERSON_NEEDED", "IDENTITY_NEEDED": self = .notAuthorised
        case "VERSION_NEEDED": self = .usage
        case "POLICY_NOT_ACTIVE", "POLICY_NOT_EFFECTIVE", "POLICY_STOPPED", "POLICY_CHANGED",
            "BAD_ACTIVATION_DAY", "BAD_POLICY", "BAD_RECORDS":
            self = .badInput
        case "POLICY_EXISTS", "CANNOT_MAKE_DIRECTORY", "CANNOT_WRITE": self = .cannotCreateOutput
        default: return nil
        }
    }
}

extension CommandFailure {
    /// The error of a command that a shelf refuses.
    fileprivate init(_ error: ServiceError) {
        let status: CommandStatus =
            switch error.code {
            // What is wrong is what the command line says of who does it.
            case .invalidArgument where error.reason == "IDENTITY_NEEDED": .usage
            case .invalidArgument, .dataLoss: .badInput
            case .notFound: .cannotOpenInput
            case .alreadyExists: .cannotCreateOutput
            case .internalError: .inputOutputError
            default: CommandStatus(policyReason: error.reason) ?? .failure
            }
        let message = error.message.withoutFullStop
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        self.init(
            status,
            lines.map { escaped(String($0)) }.joined(separator: "\n"),
            detail: "reason \(error.reason)"
        )
    }
}
