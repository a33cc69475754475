// SPDX-License-Identifier: Apache-2.0

// Holds the server's certificates against the calendar before it listens: with an
// expired one it would start, and every client would turn away.

package import CommandFiles
package import GRPCTransport

/// The certificates of a server, and the time.
package struct CertificateCheck: Sendable {
    /// Something to tell whoever runs the server, although it can start.
    package struct Warning: Sendable, CustomStringConvertible {
        /// What is not well.
        package let description: String
        /// What to do about it.
        package let advice: String
    }

    /// What is not well.
    package private(set) var warnings: [Warning] = []

    /// A certificate that ends within this time is warned of.
    package static let noticeDays: Int64 = 30

    private static let daySeconds: Int64 = 86_400

    /// Looks at the chain that the server shows and the authorities of its clients.
    ///
    /// - Parameters:
    ///   - tls: The server's certificates, and the authorities of its clients.
    ///   - isExpiredAllowed: Whether an expired certificate is only warned of.
    ///   - now: Seconds since 1970.
    /// - Throws: A bad configuration, when a certificate cannot be read or has expired.
    package init(
        _ tls: ServerTLSConfiguration,
        isExpiredAllowed: Bool,
        now: Int64
    ) throws(CommandFailure) {
        for path in try Self.paths(tls) {
            try check(path, isExpiredAllowed: isExpiredAllowed, now)
        }
        // An authority that has expired keeps out its clients, and nobody else.
        if let clientCAPath = tls.clientCAPath {
            for certificate in try Self.read(clientCAPath) {
                noteEnd(certificate, clientCAPath, now)
            }
        }
    }

    private static func paths(_ tls: ServerTLSConfiguration) throws(CommandFailure) -> [String] {
        do { return try tls.pairs().map(\.certificatePath) } catch {
            throw CommandFailure(.badConfiguration, "TLS: \(error).")
        }
    }

    private mutating func check(
        _ path: String,
        isExpiredAllowed: Bool,
        _ now: Int64
    ) throws(CommandFailure) {
        for certificate in try Self.read(path) {
            if certificate.end.seconds < now {
                let text = "\(Self.name(certificate)) in \(path) expired on \(certificate.end.text)"
                guard isExpiredAllowed else {
                    throw CommandFailure(
                        .badConfiguration,
                        "TLS: \(text), and no client would trust the server. Renew it, or start "
                            + "with --allow-expired-certificate."
                    )
                }
                warn(text)
            } else {
                noteEnd(certificate, path, now)
            }
        }
    }

    private mutating func noteEnd(_ certificate: CertificateSummary, _ path: String, _ now: Int64) {
        let name = "\(Self.name(certificate)) in \(path)"
        let (begin, end) = (certificate.begin, certificate.end)
        if begin.seconds > now {
            warn(
                "\(name) is not valid before \(begin.text); is the clock right?",
                "clients turn it away until then: set the clock right, or serve the certificate "
                    + "before it for so long"
            )
        }
        if end.seconds < now {
            warn("\(name) expired on \(end.text)")
        } else if end.seconds - now < Self.noticeDays * Self.daySeconds {
            let days = (end.seconds - now) / Self.daySeconds
            let left = days == 0 ? "within a day" : days == 1 ? "in a day" : "in \(days) days"
            warn("\(name) expires \(left), on \(end.text)")
        }
    }

    private mutating func warn(
        _ text: String,
        _ advice: String = "renew it; a running server takes it on SIGHUP"
    ) {
        warnings.append(Warning(description: text, advice: advice))
    }

    private static func name(_ certificate: CertificateSummary) -> String {
        "the certificate of \"\(certificate.subject)\""
    }

    private static func read(_ path: String) throws(CommandFailure) -> [CertificateSummary] {
        do {
            return try CertificateSummary.read(path)
        } catch {
            throw CommandFailure(.badConfiguration, "TLS: \(error).")
        }
    }
}
