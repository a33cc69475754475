// SPDX-License-Identifier: Apache-2.0

// The files of a server: certificates, keys, tokens, models, logs.

internal import CallerAccess
internal import CommandFiles
internal import GRPCTransport
internal import ServiceErrors
internal import VigieApplication

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Certificates and their keys.
struct CertificateFindings {
    let findings: [Finding]

    init(_ settings: DaemonSettings) {
        findings = Self.certificates(settings) + Self.keys(settings)
    }

    private static func certificates(_ settings: DaemonSettings) -> [Finding] {
        do {
            return try look(settings)
        } catch let error as CommandFailure {
            return [.failed(subject, error.message, error.hint)]
        } catch {
            return [.failed(subject, "\(error)")]
        }
    }

    private static func look(_ settings: DaemonSettings) throws -> [Finding] {
        let check = try CertificateCheck(
            settings.tls,
            isExpiredAllowed: settings.isExpiredCertificateAllowed,
            now: SystemClock.now()
        )
        // That keys belong to their certificates shows when both are loaded.
        _ = try ServerCertificates(settings.tls)
        let told = try settings.tls.pairs().compactMap { pair in
            try CertificateSummary.read(pair.certificatePath).first.map { first in
                first.names.isEmpty
                    ? Finding.warning(
                        subject,
                        "\(pair.certificatePath) names no host",
                        "make one with a subject alternative name; clients look at nothing else"
                    )
                    : .good(subject, "for \(first.names), until \(first.end.text)")
            }
        }
        return told
            + check.warnings.map { .warning(subject, $0.description, $0.advice) }
    }

    private static let subject = "certificate"

    /// Whether others can read keys.
    private static func keys(_ settings: DaemonSettings) -> [Finding] {
        let pairs = (try? settings.tls.pairs()) ?? []
        return pairs.compactMap { SecretFile.finding("key", $0.keyPath) }
    }
}

/// Files that nobody but the server is to read.
enum SecretFile {
    /// What is wrong with one; nil when nothing is.
    static func finding(_ subject: String, _ path: String) -> Finding? {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & 0o007 != 0 else { return nil }
        return .warning(
            subject,
            "\(path) can be read by everybody on this machine",
            "chmod o-rwx \(path)"
        )
    }
}

/// Who is let in.
struct AccessFindings {
    let findings: [Finding]

    init(_ settings: DaemonSettings) {
        let subject = "access"
        let policy: AccessPolicy
        do {
            policy = try settings.access.policy()
        } catch {
            findings = [.failed(subject, error.message, error.hint)]
            return
        }
        var found = settings.access.paths.compactMap { SecretFile.finding(subject, $0) }
        found += settings.access.warnings(policy).map {
            Finding.warning(subject, $0, "give that too, or leave it out of the file")
        }
        if !settings.access.tellsCallersApart {
            found.append(.good(subject, "everybody who reaches the server may call"))
        } else if let tokens = policy.tokens?.tokens {
            found += Self.tokens(tokens)
        } else {
            found.append(.good(subject, "callers are told apart"))
        }
        findings = found
    }

    private static func tokens(_ tokens: [AccessToken]) -> [Finding] {
        let now = SystemClock.now()
        let ended = tokens.filter { ($0.endSeconds ?? .max) <= now }
        let soon = tokens.filter { token in
            guard let end = token.endSeconds else { return false }
            return end > now && end - now < CertificateCheck.noticeDays * 86_400
        }
        let usable = tokens.count - ended.count
        guard usable > 0 else {
            return [
                .warning(
                    "access",
                    "there is no token that has not ended",
                    "vigied token issue, unless all callers come by other means"
                )
            ]
        }
        let list = soon.map(\.identity).joined(separator: ", ")
        return [.good("access", "\(usable) tokens, \(ended.count) more that have ended")]
            + (soon.isEmpty
                ? []
                : [
                    .warning(
                        "access",
                        "tokens of \(list) end within \(CertificateCheck.noticeDays) days",
                        "vigied token issue"
                    )
                ])
    }
}

/// The models, loaded as the server loads them.
struct ModelFindings {
    let findings: [Finding]

    init(_ settings: DaemonSettings) {
        do {
            let registry = try ModelRegistry.load(
                directory: settings.modelsDirectory,
                defaultName: settings.defaultModel
            )
            findings = registry.models.map { model in
                let note = model === registry.defaultModel ? ", for calls that name none" : ""
                return .good("model", model.identifier + note)
            }
        } catch {
            findings = [.failed("model", error.message, "vigied model check says more")]
        }
    }
}

/// What is decided by.
struct PolicyFindings {
    let findings: [Finding]

    init(_ settings: DaemonSettings) {
        do {
            let shelf = try PolicyShelf(directory: settings.policiesDirectory)
            findings =
                shelf.all.map { .good("policy", "\($0)") }
                + shelf.problems.map { .warning("policy", $0, "vigie policy check says more") }
        } catch {
            findings = [.failed("policy", error.message)]
        }
    }
}
